/**
 * The kinds of product in the demo catalogue: what each one can be made of, who it is for and which drawing shows it.
 * One line a kind: `id | drawing | materials | lowest–highest price in euros | sizes | audiences | patterns`.
 */

export interface DemoKind {
  readonly id: string;
  readonly department: string;
  /** Name of the drawing in `@iconify-json/fluent-emoji`. */
  readonly drawing: string;
  readonly materials: readonly string[];
  /** Lowest and highest usual price, in whole euros. */
  readonly price: readonly [number, number];
  readonly sizes: readonly string[];
  /** `female`, `male`, `unisex` or `kids`; empty where nobody would ask. */
  readonly audiences: readonly string[];
  readonly patterned: boolean;
}

const SIZES: Readonly<Record<string, readonly string[]>> = {
  '-': [],
  letters: ['S', 'M', 'L', 'XL'],
  shoes: ['37', '39', '41', '43'],
  rings: ['52', '54', '56'],
  waist: ['30', '32', '34'],
};

const TABLE = `
[clothing]
t-shirt | t-shirt | cotton,linen | 12-35 | letters | female,male,kids | patterned
tank-top | running-shirt | cotton,polyester | 10-30 | letters | female,male | patterned
blouse | womans-clothes | cotton,silk,linen | 25-80 | letters | female | patterned
coat | coat | wool,cashmere,polyester | 90-320 | letters | female,male | plain
dress | dress | cotton,silk,linen | 35-160 | letters | female,kids | patterned
jeans | jeans | denim | 35-120 | waist | female,male,kids | plain
shorts | shorts | cotton,linen,polyester | 15-50 | letters | male,kids | patterned
kimono | kimono | silk,cotton | 70-260 | letters | female | patterned
sari | sari | silk,cotton | 50-220 | - | female | patterned
lab-coat | lab-coat | cotton,polyester | 25-60 | letters | unisex | plain
bikini | bikini | polyester,nylon | 18-60 | letters | female | patterned
swimsuit | one-piece-swimsuit | polyester,nylon | 22-75 | letters | female,kids | patterned
briefs | briefs | cotton | 8-25 | letters | male | patterned
socks | socks | cotton,wool | 5-18 | - | female,male,kids | patterned
gloves | gloves | wool,leather,fleece | 12-70 | letters | female,male,kids | plain
scarf | scarf | wool,cashmere,silk | 18-120 | - | female,male | patterned
necktie | necktie | silk,wool | 15-65 | - | male | patterned
safety-vest | safety-vest | polyester | 6-20 | letters | unisex | plain
karate-uniform | martial-arts-uniform | cotton | 30-90 | letters | unisex,kids | plain
[shoes]
running-shoes | running-shoe | nylon,polyester | 45-150 | shoes | female,male,kids | plain
hiking-boots | hiking-boot | leather,suede | 80-220 | shoes | female,male | plain
ballet-flats | flat-shoe | leather,suede | 35-110 | shoes | female | plain
high-heels | high-heeled-shoe | leather,suede | 45-180 | shoes | female | plain
sandals | womans-sandal | leather,rubber | 25-90 | shoes | female | plain
boots | womans-boot | leather,suede | 70-230 | shoes | female | plain
dress-shoes | mans-shoe | leather | 70-240 | shoes | male | plain
flip-flops | thong-sandal | rubber | 8-25 | shoes | unisex,kids | plain
ballet-shoes | ballet-shoes | leather,silk | 20-60 | shoes | female,kids | plain
roller-skates | roller-skate | leather,plastic | 45-130 | shoes | unisex,kids | plain
ice-skates | ice-skate | leather,plastic | 50-170 | shoes | unisex,kids | plain
[bags]
backpack | backpack | nylon,canvas,leather | 28-140 | - | unisex,kids | patterned
handbag | handbag | leather,canvas,suede | 40-260 | - | female | plain
clutch | clutch-bag | leather,silk,velvet | 25-120 | - | female | plain
briefcase | briefcase | leather,canvas | 70-280 | - | male | plain
suitcase | luggage | plastic,aluminium,nylon | 60-320 | - | - | plain
coin-purse | purse | leather,silk | 8-45 | - | female | plain
tote-bag | shopping-bags | cotton,paper,canvas | 6-40 | - | unisex | patterned
[jewellery]
ring | ring | gold,silver,steel | 30-900 | rings | female,male | plain
bead-bracelet | prayer-beads | wood,stone,glass | 12-60 | - | unisex | plain
tiara | crown | gold,silver,brass | 25-180 | - | female,kids | plain
glasses | glasses | plastic,steel | 25-160 | - | female,male | plain
sunglasses | sunglasses | plastic,steel,wood | 20-180 | - | female,male,kids | plain
watch | watch | steel,leather,gold | 45-650 | - | female,male,kids | plain
umbrella | umbrella | nylon,polyester | 12-60 | - | - | patterned
folding-fan | folding-hand-fan | paper,silk,bamboo | 8-40 | - | - | patterned
cap | billed-cap | cotton,polyester | 10-35 | - | unisex,kids | patterned
sun-hat | womans-hat | straw,cotton | 18-70 | - | female | plain
top-hat | top-hat | wool,silk | 35-120 | - | male | plain
[electronics]
laptop | laptop | aluminium,plastic | 450-1900 | - | - | plain
desktop-computer | desktop-computer | plastic,aluminium | 400-1600 | - | - | plain
keyboard | keyboard | plastic,aluminium | 20-160 | - | - | plain
computer-mouse | computer-mouse | plastic | 10-90 | - | - | plain
printer | printer | plastic | 70-380 | - | - | plain
smartphone | mobile-phone | glass,aluminium | 180-1200 | - | - | plain
headphones | headphone | plastic,leather | 25-350 | - | - | plain
camera | camera | plastic,aluminium | 150-1400 | - | - | plain
video-camera | video-camera | plastic,aluminium | 180-1100 | - | - | plain
television | television | plastic | 220-1500 | - | - | plain
radio | radio | plastic,wood | 20-150 | - | - | plain
game-controller | video-game | plastic | 20-80 | - | - | plain
microphone | studio-microphone | steel,aluminium | 35-320 | - | - | plain
projector | film-projector | plastic,aluminium | 90-700 | - | - | plain
telephone | telephone | plastic | 20-90 | - | - | plain
flashlight | flashlight | aluminium,plastic | 8-60 | - | - | plain
alarm-clock | alarm-clock | plastic,steel,brass | 10-50 | - | kids,unisex | plain
telescope | telescope | aluminium,brass | 80-650 | - | - | plain
[kitchen]
teapot | teapot | porcelain,ceramic,glass | 18-90 | - | - | patterned
frying-pan | cooking | steel,aluminium,ceramic | 18-110 | - | - | plain
kitchen-knife | kitchen-knife | steel,ceramic | 12-140 | - | - | plain
cutlery | fork-and-knife | steel,silver,bamboo | 12-160 | - | - | plain
spoon | spoon | steel,wood,silver | 4-30 | - | - | plain
chopsticks | chopsticks | bamboo,wood,steel | 4-28 | - | - | plain
wine-glass | wine-glass | glass,crystal | 6-60 | - | - | plain
beer-mug | beer-mug | glass,ceramic | 6-30 | - | - | plain
tumbler | tumbler-glass | glass,plastic | 4-25 | - | - | plain
mug | hot-beverage | ceramic,porcelain,glass | 6-28 | - | - | patterned
lunch-box | bento-box | plastic,bamboo,steel | 10-45 | - | kids,unisex | plain
bowl | bowl-with-spoon | ceramic,wood,porcelain | 6-40 | - | - | patterned
storage-jar | jar | glass,ceramic | 5-30 | - | - | plain
cooking-pot | pot-of-food | steel,aluminium,ceramic | 25-160 | - | - | plain
salt-shaker | salt | glass,steel,ceramic | 4-22 | - | - | plain
[furniture]
chair | chair | wood,plastic,rattan | 35-260 | - | kids,unisex | plain
sofa | couch-and-lamp | leather,velvet,linen | 320-1900 | - | - | plain
bed | bed | wood,steel | 180-1200 | - | kids,unisex | plain
mirror | mirror | wood,brass,rattan | 25-240 | - | - | plain
picture-frame | framed-picture | wood,aluminium | 8-60 | - | - | plain
candle | candle | wax,soy-wax | 5-40 | - | - | plain
paper-lantern | red-paper-lantern | paper,bamboo | 8-40 | - | - | plain
basket | basket | rattan,bamboo,straw | 12-60 | - | - | plain
vase | amphora | ceramic,glass,porcelain | 12-120 | - | - | patterned
mantel-clock | mantelpiece-clock | wood,brass | 40-260 | - | - | plain
wind-chime | wind-chime | bamboo,brass,glass | 10-50 | - | - | plain
bathtub | bathtub | steel,stone | 320-1600 | - | - | plain
[household]
bucket | bucket | plastic,steel | 5-25 | - | - | plain
broom | broom | wood,bamboo,straw | 7-28 | - | - | plain
sponge | sponge | cotton,bamboo | 2-12 | - | - | plain
soap | soap | olive-oil,shea-butter | 3-16 | - | - | plain
waste-bin | wastebasket | steel,plastic,bamboo | 10-80 | - | - | plain
ladder | ladder | aluminium,wood | 35-180 | - | - | plain
hammer | hammer | steel,wood | 9-50 | - | - | plain
screwdriver | screwdriver | steel | 5-30 | - | - | plain
wrench | wrench | steel | 7-45 | - | - | plain
saw | carpentry-saw | steel | 10-60 | - | - | plain
axe | axe | steel,wood | 20-110 | - | - | plain
toolbox | toolbox | plastic,steel | 18-120 | - | - | plain
padlock | locked | steel,brass | 6-45 | - | - | plain
fire-extinguisher | fire-extinguisher | steel | 25-90 | - | - | plain
[sports]
football | soccer-ball | leather,rubber | 12-60 | - | kids,unisex | plain
basketball | basketball | leather,rubber | 14-70 | - | - | plain
volleyball | volleyball | leather,rubber | 12-55 | - | - | plain
tennis-racket | tennis | aluminium,carbon | 25-220 | - | kids,unisex | plain
table-tennis-bat | ping-pong | wood,carbon | 8-70 | - | - | plain
badminton-racket | badminton | aluminium,carbon | 12-120 | - | - | plain
boxing-gloves | boxing-glove | leather,polyester | 20-110 | - | kids,unisex | plain
skateboard | skateboard | wood,bamboo | 30-140 | - | kids,unisex | patterned
skis | skis | wood,carbon | 120-620 | - | kids,unisex | patterned
sled | sled | wood,plastic | 25-110 | - | kids | plain
fishing-rod | fishing-pole | carbon,bamboo | 20-190 | - | - | plain
diving-mask | diving-mask | silicone,plastic | 12-80 | - | kids,unisex | plain
swim-goggles | goggles | silicone,plastic | 8-40 | - | kids,unisex | plain
bicycle | bicycle | steel,aluminium,carbon | 180-1900 | - | female,male,kids | plain
kick-scooter | kick-scooter | aluminium,steel | 40-260 | - | kids,unisex | plain
canoe | canoe | wood,aluminium | 320-1400 | - | - | plain
frisbee | flying-disc | plastic,silicone | 4-20 | - | - | plain
bow | bow-and-arrow | wood,carbon | 35-280 | - | kids,unisex | plain
tent | tent | nylon,cotton,polyester | 60-420 | - | - | plain
compass | compass | brass,plastic | 8-70 | - | - | plain
helmet | rescue-workers-helmet | plastic,carbon | 20-140 | - | kids,unisex | plain
[toys]
teddy-bear | teddy-bear | cotton,wool,polyester | 10-60 | - | kids | plain
puzzle | puzzle-piece | paper,wood | 6-40 | - | kids,unisex | plain
nesting-dolls | nesting-dolls | wood | 12-70 | - | - | plain
toy-robot | robot | plastic,steel | 15-120 | - | kids | plain
water-pistol | water-pistol | plastic | 4-25 | - | kids | plain
dice | game-die | plastic,wood,stone | 3-20 | - | - | plain
chess-pieces | chess-pawn | wood,stone,glass | 15-180 | - | - | plain
balloons | balloon | rubber | 2-15 | - | - | patterned
kite | kite | nylon,paper,silk | 8-60 | - | kids,unisex | patterned
yo-yo | yo-yo | wood,plastic,aluminium | 4-35 | - | kids | plain
magic-wand | magic-wand | wood,plastic | 5-30 | - | kids | plain
[music]
guitar | guitar | wood,bamboo | 80-900 | - | kids,unisex | plain
violin | violin | wood | 90-1200 | - | kids,unisex | plain
trumpet | trumpet | brass,silver | 110-800 | - | - | plain
saxophone | saxophone | brass,silver | 280-1900 | - | - | plain
accordion | accordion | wood,plastic | 150-1300 | - | - | plain
banjo | banjo | wood,steel | 110-700 | - | - | plain
drum | drum | wood,steel | 45-600 | - | kids,unisex | plain
flute | flute | silver,wood,bamboo | 20-700 | - | - | plain
maracas | maracas | wood,plastic | 6-30 | - | - | patterned
musical-keyboard | musical-keyboard | plastic | 60-700 | - | - | plain
[beauty]
lipstick | lipstick | shea-butter,olive-oil | 6-38 | - | female | plain
nail-polish | nail-polish | glitter,gel | 4-20 | - | female | plain
lotion | lotion-bottle | shea-butter,olive-oil,aloe | 5-40 | - | - | plain
razor | razor | steel,plastic | 4-90 | - | female,male | plain
toothbrush | toothbrush | plastic,bamboo | 2-90 | - | kids,unisex | plain
hair-pick | hair-pick | wood,plastic | 4-22 | - | - | plain
thermometer | thermometer | glass,plastic | 5-45 | - | - | plain
baby-bottle | baby-bottle | glass,plastic,silicone | 6-24 | - | - | patterned
[stationery]
fountain-pen | fountain-pen | steel,wood,gold | 15-260 | - | - | plain
pen | pen | plastic,aluminium | 2-25 | - | - | plain
pencil | pencil | wood | 1-14 | - | - | patterned
crayon | crayon | wax,soy-wax | 2-18 | - | kids | plain
paintbrush | paintbrush | wood,nylon | 2-26 | - | - | plain
notebook | notebook | paper,leather | 4-35 | - | - | patterned
scissors | scissors | steel,plastic | 4-40 | - | - | plain
ruler | straight-ruler | wood,plastic,steel | 1-12 | - | - | plain
globe | globe-showing-europe-africa | plastic,wood | 20-140 | - | - | plain
gift-box | wrapped-gift | paper | 3-20 | - | - | patterned
[garden]
potted-plant | potted-plant | ceramic,plastic | 8-60 | - | - | plain
cactus | cactus | ceramic,plastic | 5-35 | - | - | plain
rose | rose | silk,natural | 3-30 | - | - | plain
tulip | tulip | silk,natural | 3-25 | - | - | plain
bouquet | bouquet | silk,natural | 15-90 | - | - | plain
christmas-tree | christmas-tree | plastic,natural | 25-180 | - | - | plain
yarn | yarn | wool,cotton,cashmere | 3-28 | - | - | plain
sewing-thread | thread | cotton,polyester,silk | 2-14 | - | - | plain
`;

function parseKinds(table: string): DemoKind[] {
  const kinds: DemoKind[] = [];
  let department = '';
  for (const line of table.trim().split('\n')) {
    const heading = /^\[(\w+)\]$/.exec(line);
    if (heading?.[1]) {
      department = heading[1];
      continue;
    }
    const [id = '', drawing = '', materials = '', price = '', sizes = '-', audiences = '-', patterns = ''] = line
      .split('|')
      .map((cell) => cell.trim());
    const [low, high] = price.split('-').map(Number);
    if (low === undefined || high === undefined) throw new Error(`demo kind ${id}: price range missing`);
    kinds.push({
      id,
      department,
      drawing,
      materials: materials.split(','),
      price: [low, high],
      sizes: SIZES[sizes] ?? [],
      audiences: audiences === '-' ? [] : audiences.split(','),
      patterned: patterns === 'patterned',
    });
  }
  return kinds;
}

export const DEMO_KINDS: readonly DemoKind[] = parseKinds(TABLE);
