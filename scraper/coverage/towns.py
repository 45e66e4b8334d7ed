"""Towns and districts that bear another name than the council they belong to: where a paper is at home.

A town is the weakest sign of all and weighed last: a paper covers its town's neighbours too. Names that two
councils' towns bear (Newport, Ashford, Gillingham) are left out.
"""

import re
from functools import cache

from state import Authority, Register

TOWNS = {
    "Barking and Dagenham": "Barking, Dagenham",
    "Bath and North East Somerset": "Bath, Keynsham",
    "Bexley": "Bexleyheath, Sidcup",
    "Bradford": "Keighley, Ilkley, Shipley",
    "Brent": "Wembley, Kilburn, Willesden",
    "Buckinghamshire": "Aylesbury, High Wycombe, Amersham, Chesham, Marlow",
    "Calderdale": "Halifax, Brighouse, Hebden Bridge, Todmorden",
    "Cambridgeshire": "Cambridge, Huntingdon, Wisbech, St Neots",
    "Cheshire East": "Crewe, Macclesfield, Knutsford, Nantwich, Congleton, Wilmslow",
    "Cheshire West and Chester": "Chester, Ellesmere Port, Northwich, Winsford",
    "Cornwall": "Truro, Falmouth, Bodmin, St Ives, Penzance, Cornish",
    "Cumberland": "Carlisle, Workington, Whitehaven",
    "Derbyshire": "Chesterfield, Buxton, Matlock, Ilkeston, Glossop",
    "Devon": "Exeter, Exmouth, Barnstaple, Tiverton, Okehampton, Sidmouth, Tavistock",
    "Dorset": "Weymouth, Dorchester, Bridport, Swanage",
    "Dudley": "Stourbridge, Halesowen",
    "Durham": "Consett, Newton Aycliffe, Bishop Auckland, Peterlee",
    "East Riding of Yorkshire": "Beverley, Bridlington, Goole",
    "East Sussex": "Hastings, Eastbourne, Lewes",
    "Essex": "Colchester, Chelmsford, Clacton, Harlow, Basildon, "
    "Braintree, Brentwood, Saffron Walden, Maldon",
    "Gloucestershire": "Gloucester, Cheltenham, Stroud, Cotswold, Tewkesbury",
    "Greenwich": "Woolwich, Eltham",
    "Halton": "Widnes, Runcorn",
    "Hampshire": "Basingstoke, Winchester, Andover, Farnborough, Aldershot, "
    "Eastleigh, Fareham, Gosport, Havant",
    "Haringey": "Tottenham, Hornsey, Wood Green",
    "Havering": "Romford, Hornchurch, Upminster",
    "Herefordshire": "Hereford, Ledbury, Leominster",
    "Hertfordshire": "Watford, St Albans, Stevenage, Hemel Hempstead, Welwyn Hatfield, "
    "Hitchin, Hertford, Borehamwood",
    "Hillingdon": "Uxbridge",
    "Isle of Wight": "Island Echo, On the Wight",
    "Kent": "Canterbury, Maidstone, Folkestone, Dover, Thanet, Gravesend, "
    "Dartford, Sevenoaks, Tunbridge Wells, Sittingbourne",
    "Kirklees": "Huddersfield, Dewsbury, Batley",
    "Lancashire": "Preston, Burnley, Lancaster, Chorley, Leyland, Ormskirk, Accrington, Morecambe, Pendle",
    "Leicestershire": "Loughborough, Hinckley, Melton Mowbray, Market Harborough",
    "Lincolnshire": "Lincoln, Lincolnite, Boston, Grantham, Spalding, Skegness, Gainsborough",
    "Medway": "Chatham, Rochester",
    "Norfolk": "Norwich, Great Yarmouth, King's Lynn, Thetford",
    "North East Lincolnshire": "Grimsby, Cleethorpes",
    "North Lincolnshire": "Scunthorpe",
    "North Northamptonshire": "Kettering, Corby, Wellingborough",
    "North Somerset": "Weston-super-Mare, Weston, Clevedon, Portishead",
    "North Tyneside": "Whitley Bay, Wallsend",
    "North Yorkshire": "Harrogate, Scarborough, Whitby, Northallerton, Selby, Skipton",
    "Northumberland": "Alnwick, Blyth, Morpeth, Hexham, Berwick",
    "Nottinghamshire": "Mansfield, Newark, Worksop",
    "Oxfordshire": "Oxford, Banbury, Bicester, Witney, Didcot, Abingdon",
    "Redbridge": "Ilford",
    "Rochdale": "Heywood",
    "Sandwell": "West Bromwich, Smethwick, Oldbury",
    "Sefton": "Southport, Bootle, Formby, Crosby",
    "Shropshire": "Shrewsbury, Oswestry, Ludlow, Bridgnorth",
    "Somerset": "Taunton, Yeovil, Bridgwater, Minehead",
    "South Tyneside": "South Shields, Shields, Jarrow",
    "Staffordshire": "Stafford, Tamworth, Lichfield, Burton, Cannock",
    "Suffolk": "Ipswich, Lowestoft, Bury St Edmunds",
    "Surrey": "Guildford, Woking, Epsom, Redhill, Camberley, Farnham",
    "Sutton": "Carshalton",
    "Tameside": "Ashton-under-Lyne, Stalybridge",
    "Thurrock": "Grays",
    "Torbay": "Torquay, Paignton, Brixham",
    "Trafford": "Altrincham",
    "Wakefield": "Pontefract, Castleford",
    "Waltham Forest": "Walthamstow, Leyton",
    "Warwickshire": "Warwick, Leamington, Rugby, Nuneaton, Stratford-upon-Avon",
    "West Berkshire": "Newbury",
    "West Northamptonshire": "Northampton, Daventry",
    "West Sussex": "Crawley, Worthing, Chichester, Horsham, Bognor",
    "Westmorland and Furness": "Kendal, Barrow, Penrith",
    "Wiltshire": "Salisbury, Trowbridge, Chippenham, Devizes",
    "Windsor and Maidenhead": "Maidenhead",
    "Wirral": "Birkenhead",
    "Worcestershire": "Worcester, Redditch, Kidderminster, Malvern, Evesham, Bromsgrove, Droitwich",
}  # fmt: skip


def find_by_town(text: str, register: Register) -> Authority | None:
    """The council of the one town or district that a name of a paper or an address's part has in it."""
    words = " ".join(re.findall(r"[a-z]+", text.lower().replace("'", "")))
    homes = {name for town, name in _by_town().items() if re.search(rf"\b{town}\b", words)}
    return register.find(homes.pop()) if len(homes) == 1 else None


@cache
def _by_town() -> dict[str, str]:
    """Each town in small letters and single spaces, with its council's name."""
    return {
        re.sub(r"[^a-z]+", " ", town.strip().lower().replace("'", "")): name
        for name, towns in TOWNS.items()
        for town in towns.split(",")
    }
