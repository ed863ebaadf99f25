/* SPDX-License-Identifier: MIT */
/* How hard answers are to forge, measured on real sockets: "spoofing QUESTIONS FORGERIES".
 * The ids, source ports and letters of that many questions, and that many datagrams of
 * which each lacks one thing that the answer has. Speaks TAP. */
#include "game.h"
#include "lots.h"

#include <arpa/inet.h>
#include <math.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define WINDOW	     200
#define PORT_SPAN    20000 /* questions, for which the ports are counted */
#define PORTS	     65536
#define DEVIATION    5.0
#define LETTERS_LOTS (1u << GAME_LETTERS)

static struct game_question questions[WINDOW];
static unsigned int tests, failures;

static void
tell(bool holds, const char *what)
{
	printf("%s %u - %s\n", holds ? "ok" : "not ok", ++tests, what);
	failures += !holds;
}

/* ---- What is drawn by lot ---- */

struct drawn {
	struct lots ids;	/* all 16 bits, or the upper bits of few */
	struct lots steps;	/* from one id to the next, likewise */
	unsigned int id_shift;
	struct lots letters;
	struct lots ports;	/* of the span */
	size_t fewest_ports, most_of_a_port;
	unsigned int last_id;
};

static void
note_ports(struct drawn *drawn)
{
	size_t distinct = lots_distinct(&drawn->ports), i;

	if (drawn->fewest_ports == 0 || distinct < drawn->fewest_ports)
		drawn->fewest_ports = distinct;
	for (i = 0; i < PORTS; i++)
		if (drawn->ports.counts[i] > drawn->most_of_a_port)
			drawn->most_of_a_port = drawn->ports.counts[i];
	memset(drawn->ports.counts, 0, PORTS * sizeof *drawn->ports.counts);
	drawn->ports.total = 0;
}

static void
note(struct drawn *drawn, const struct game_question *question)
{
	unsigned int id = game_id(question);

	lots_note(&drawn->ids, id >> drawn->id_shift);
	lots_note(&drawn->steps, ((id - drawn->last_id) & 0xffff) >> drawn->id_shift);
	drawn->last_id = id;
	lots_note(&drawn->letters, game_letters(question));
	lots_note(&drawn->ports, ntohs(question->from.sin_port));
	if (drawn->ports.total == PORT_SPAN)
		note_ports(drawn);
}

static void
ask(struct game *game, unsigned long count, struct drawn *drawn)
{
	struct game_answer answer;
	unsigned long answered = 0;
	size_t taken, i;

	while (answered < count) {
		while (game->begun < count && game->begun < answered + WINDOW)
			game_begin(game);
		taken = game_take(game, questions, WINDOW);
		for (i = 0; i < taken; i++) {
			note(drawn, &questions[i]);
			game_make_answer(&questions[i], GAME_GOOD, &answer);
			game_send(game->server, &answer, &questions[i].from);
		}
		answered += taken;
	}
	game_await(game, count);
}

static void
report_lots(const char *what, const struct lots *lots)
{
	printf("# %s: %lu in %zu cells, chi-square %.0f, %.2f standard deviations off; "
	       "entropy %.3f bits\n",
	       what, (unsigned long)lots->total, lots->cells, lots_chi_square(lots),
	       lots_deviation(lots), lots_entropy(lots));
	tell(fabs(lots_deviation(lots)) < DEVIATION, what);
}

static void
measure_lots(unsigned long count)
{
	struct drawn drawn = { .id_shift = 0 };
	struct game game;

	while (count < 8ul * (65536ul >> drawn.id_shift))
		drawn.id_shift++;
	lots_init(&drawn.ids, 65536u >> drawn.id_shift);
	lots_init(&drawn.steps, 65536u >> drawn.id_shift);
	lots_init(&drawn.letters, LETTERS_LOTS);
	lots_init(&drawn.ports, PORTS);
	game_open(&game);
	ask(&game, count, &drawn);
	if (drawn.fewest_ports == 0)
		note_ports(&drawn);
	report_lots("ids", &drawn.ids);
	report_lots("steps between ids", &drawn.steps);
	report_lots("letters", &drawn.letters);
	printf("# source ports: at least %zu different ones in %lu questions, at most %zu "
	       "questions from one\n",
	       drawn.fewest_ports, count < PORT_SPAN ? count : PORT_SPAN,
	       drawn.most_of_a_port);
	tell(drawn.fewest_ports >= (count < PORT_SPAN ? count : PORT_SPAN) / 40, "source ports");
	tell(atomic_load(&game.wrong) == 0, "all are answered");
	game_close(&game);
	lots_clear(&drawn.ids);
	lots_clear(&drawn.steps);
	lots_clear(&drawn.letters);
	lots_clear(&drawn.ports);
}

/* ---- Forgeries ---- */

#define FORGED_AT_ONCE 96 /* what the buffer of a socket has room for, small ones */
#define FORGED_OF_EACH 960

enum kind {
	WRONG_ID,
	WRONG_LETTERS,
	WRONG_NAME,
	WRONG_TYPE,
	WRONG_CLASS,
	NO_RESPONSE,
	NO_QUESTION,
	TWO_QUESTIONS,
	TO_ANOTHER_PORT,
	FROM_ANOTHER_PORT,
	FROM_ANOTHER_ADDRESS,
	CUT_OFF,
	KINDS
};

static const char *const kinds[KINDS] = {
	"another id",	     "other letters",	  "another name",      "another type",
	"another class",     "no response",	  "no question",       "two questions",
	"to another port",   "from another port", "from another address", "cut off",
};

struct forger {
	struct game *game;
	int other_port, other_address;
	unsigned long sent[KINDS], total;
	uint64_t lot;
};

static int
open_other(const char *address)
{
	struct sockaddr_in own = { .sin_family = AF_INET };
	int other = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	require(other >= 0 && inet_pton(AF_INET, address, &own.sin_addr) == 1);
	require(bind(other, (struct sockaddr *)&own, sizeof own) == 0);
	return other;
}

/* Not what is measured: any will do. */
static unsigned int
draw(struct forger *forger, unsigned int limit)
{
	forger->lot = forger->lot * 6364136223846793005u + 1442695040888963407u;
	return (unsigned int)(forger->lot >> 33) % limit;
}

/* A letter that is turned: of www.example.com, any label but the digits. */
static void
turn_letter(struct forger *forger, uint8_t *octets)
{
	octets[GAME_HEADER + 1 + draw(forger, 3)] ^= 0x20;
}

static void
spoil(struct forger *forger, enum kind kind, const struct game_question *question,
      struct game_answer *answer)
{
	uint8_t *type = answer->octets + question->length - 4;
	unsigned int id;

	switch (kind) {
	case WRONG_ID:
		id = game_id(question) + 1 + draw(forger, 65535);
		answer->octets[0] = (uint8_t)(id >> 8);
		answer->octets[1] = (uint8_t)id;
		break;
	case WRONG_LETTERS:
		turn_letter(forger, answer->octets);
		break;
	case WRONG_NAME:
		answer->octets[GAME_HEADER + 1] = (uint8_t)('a' + draw(forger, 22));
		break;
	case WRONG_TYPE:
		type[1] = (uint8_t)(2 + draw(forger, 250));
		break;
	case WRONG_CLASS:
		type[3] = (uint8_t)(2 + draw(forger, 250));
		break;
	case NO_RESPONSE:
		answer->octets[2] &= 0x7f;
		break;
	case NO_QUESTION:
		answer->octets[5] = 0;
		break;
	case TWO_QUESTIONS:
		answer->octets[5] = 2;
		break;
	case CUT_OFF:
		answer->length = draw(forger, (unsigned int)question->length);
		break;
	default:
		break;
	}
}

/* One of another question, which is open too; false: there is none. */
static bool
find_other_port(struct forger *forger, size_t count, in_port_t own, in_port_t *port)
{
	size_t first = draw(forger, (unsigned int)count), i;

	for (i = 0; i < count; i++) {
		*port = questions[(first + i) % count].from.sin_port;
		if (*port != own)
			return true;
	}
	return false;
}

static void
forge(struct forger *forger, const struct game_question *question, size_t count)
{
	enum kind kind = (enum kind)draw(forger, KINDS);
	struct sockaddr_in to = question->from;
	int from = forger->game->server;
	struct game_answer answer;

	game_make_answer(question, GAME_BAD, &answer);
	spoil(forger, kind, question, &answer);
	if (kind == FROM_ANOTHER_PORT)
		from = forger->other_port;
	if (kind == FROM_ANOTHER_ADDRESS)
		from = forger->other_address;
	if (kind == TO_ANOTHER_PORT &&
	    !find_other_port(forger, count, question->from.sin_port, &to.sin_port))
		return;
	game_send(from, &answer, &to);
	forger->sent[kind]++;
	forger->total++;
}

/* A window full of questions is open; each gets many wrong answers, and then the right one,
 * soon enough for the library to have no doubts about letters (200 ms). */
static void
play(struct forger *forger, unsigned long forgeries)
{
	struct game *game = forger->game;
	struct game_answer answer;
	size_t count = 0, i;
	int round, k;

	for (i = 0; i < WINDOW; i++)
		game_begin(game);
	while (count < WINDOW)
		count += game_take(game, questions + count, WINDOW - count);
	for (i = 0; i < WINDOW; i++) {
		for (round = 0; round < FORGED_OF_EACH && forger->total < forgeries;
		     round += FORGED_AT_ONCE) {
			for (k = 0; k < FORGED_AT_ONCE; k++)
				forge(forger, &questions[i], count);
			game_await_reading(game);
		}
		game_make_answer(&questions[i], GAME_GOOD, &answer);
		game_send(game->server, &answer, &questions[i].from);
	}
	game_await(game, game->begun);
}

static void
measure_forgeries(unsigned long forgeries)
{
	struct forger forger = { .lot = 1 };
	struct game game;
	int kind;

	game_open(&game);
	forger.game = &game;
	forger.other_port = open_other("127.0.0.1");
	forger.other_address = open_other("127.0.0.2");
	while (forger.total < forgeries)
		play(&forger, forgeries);
	for (kind = 0; kind < KINDS; kind++)
		printf("# %9lu %s\n", forger.sent[kind], kinds[kind]);
	printf("# %lu forged datagrams, %lu lookups, %lu of them with another answer\n",
	       forger.total, game.begun, atomic_load(&game.wrong));
	tell(atomic_load(&game.wrong) == 0, "no forged datagram is accepted");
	game_close(&game);
	close(forger.other_port);
	close(forger.other_address);
}

int
main(int argc, char **argv)
{
	unsigned long count = argc > 1 ? strtoul(argv[1], NULL, 10) : 20000;
	unsigned long forgeries = argc > 2 ? strtoul(argv[2], NULL, 10) : 5000;

	setvbuf(stdout, NULL, _IOLBF, 0);
	measure_lots(count);
	measure_forgeries(forgeries);
	printf("1..%u\n", tests);
	return failures > 0;
}
