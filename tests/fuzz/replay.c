/* SPDX-License-Identifier: MIT */
/* replay [FILE...]: gives a fuzz target the files, as they are: findings of make fuzz.
 * Without any it gives it those of its corpus, each also cut off everywhere, and changes
 * of them, the same ones each time, where there is no libFuzzer: this speaks TAP. */
#include <dirent.h>
#include <string.h>

#include "fuzz.h"

#define CHANGED_INPUTS 5000
#define SIZE_MAXIMUM   4096

struct input {
	size_t size;
	uint8_t data[SIZE_MAXIMUM];
};

static struct input *corpus;
static unsigned int corpus_count;

/* In memory of just that size, which ASan and valgrind watch. */
static void
try_input(const uint8_t *data, size_t size)
{
	uint8_t *copy = malloc(size > 0 ? size : 1);

	require(copy != NULL);
	memcpy(copy, data, size);
	LLVMFuzzerTestOneInput(copy, size);
	free(copy);
}

/* Of a file that is larger what is in front. */
static void
read_input(struct input *input, const char *path)
{
	FILE *file = fopen(path, "rb");

	if (file == NULL) {
		printf("Bail out! cannot read %s\n", path);
		exit(99);
	}
	input->size = fread(input->data, 1, sizeof input->data, file);
	fclose(file);
}

static int
is_visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* In the order of their names, so that the changes are the same everywhere. */
static void
read_corpus(void)
{
	const char *source = getenv("top_srcdir");
	char directory[2048], path[4096];
	struct dirent **entries;
	int count, i;

	snprintf(directory, sizeof directory, "%s/tests/fuzz/corpus/" TARGET,
		 source != NULL ? source : "..");
	count = scandir(directory, &entries, is_visible, alphasort);
	if (count <= 0) {
		printf("Bail out! no corpus in %s\n", directory);
		exit(99);
	}
	corpus_count = (unsigned int)count;
	corpus = calloc(corpus_count, sizeof *corpus);
	require(corpus != NULL);
	for (i = 0; i < count; i++) {
		snprintf(path, sizeof path, "%s/%s", directory, entries[i]->d_name);
		read_input(&corpus[i], path);
		free(entries[i]);
	}
	free(entries);
}

/* A number below the limit. */
static unsigned int
draw(size_t limit)
{
	static uint64_t state = 20261126;

	state = state * 6364136223846793005 + 1442695040888963407;
	return (unsigned int)((state >> 33) % limit);
}

/* Puts a piece of another in, or over what is there. */
static void
splice(struct input *input, const struct input *other)
{
	size_t at = draw(input->size + 1), from = draw(other->size + 1);
	size_t length = draw(other->size - from + 1), rest = input->size - at;

	if (input->size + length > SIZE_MAXIMUM)
		return;
	if (draw(2) == 0) {
		memmove(input->data + at + length, input->data + at, rest);
		input->size += length;
	} else if (length > rest) {
		input->size = at + length;
	}
	memcpy(input->data + at, other->data + from, length);
}

static void
change(struct input *input)
{
	static const uint8_t values[] = { 0x00, 0x01, 0x0c, 0x3f, 0x40,
					  0x7f, 0x80, 0xc0, 0xff };
	size_t at;

	if (input->size == 0 || draw(4) == 0) {
		splice(input, &corpus[draw(corpus_count)]);
		return;
	}
	at = draw(input->size);
	switch (draw(4)) {
	case 0:
		input->data[at] = values[draw(sizeof values)];
		break;
	case 1:
		input->data[at] ^= (uint8_t)(1 << draw(8));
		break;
	case 2:
		input->data[at] = (uint8_t)draw(256);
		break;
	default:
		memmove(input->data + at, input->data + at + 1, --input->size - at);
	}
}

static void
try_corpus(void)
{
	unsigned int i;
	size_t size;

	for (i = 0; i < corpus_count; i++)
		for (size = 0; size <= corpus[i].size; size++)
			try_input(corpus[i].data, size);
	printf("ok 1 - " TARGET ": %u files, cut off everywhere\n", corpus_count);
	fflush(stdout);
}

static void
try_changes(void)
{
	static struct input input;
	unsigned int i, changes;

	for (i = 0; i < CHANGED_INPUTS; i++) {
		input = corpus[i % corpus_count];
		for (changes = 1 + draw(4); changes > 0; changes--)
			change(&input);
		try_input(input.data, input.size);
	}
	printf("ok 2 - " TARGET ": %u changes of them\n", i);
}

int
main(int count, char **arguments)
{
	static struct input input;
	int i;

	for (i = 1; i < count; i++) {
		read_input(&input, arguments[i]);
		try_input(input.data, input.size);
	}
	if (count > 1)
		return 0;
	printf("1..2\n");
	fflush(stdout);
	read_corpus();
	try_corpus();
	try_changes();
	free(corpus);
	return 0;
}
