/* SPDX-License-Identifier: MIT */
#include <config.h>

#include <asyncdns/packet_text.h>
#include <asyncdns/record_type.h>

#include "message.h"
#include "octets.h"
#include "text_writer.h"

#define TYPE_TEXT_SIZE sizeof "TYPE65535"

static void
put_flag(struct text_writer *writer, const struct message *message, unsigned int flag,
	 const char *text)
{
	if ((message->flags & flag) != 0)
		text_writer_put_text(writer, text);
}

/* RFC 1035 4.1.1, RFC 2136 2.2. */
static void
put_rcode(struct text_writer *writer, unsigned int rcode)
{
	static const char *const names[] = {
		"NOERROR",  "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED",
		"YXDOMAIN", "YXRRSET", "NXRRSET",  "NOTAUTH",  "NOTZONE"
	};

	if (rcode < sizeof names / sizeof *names) {
		text_writer_put_text(writer, names[rcode]);
		return;
	}
	text_writer_put_text(writer, "RCODE");
	text_writer_put_number(writer, rcode);
}

static void
put_header(struct text_writer *writer, const struct message *message)
{
	text_writer_put_text(writer, ", id ");
	text_writer_put_number(writer, octets_16(message->data));
	text_writer_put(writer, ' ');
	if ((message->flags & FLAG_RESPONSE) != 0)
		put_rcode(writer, message->rcode);
	else
		text_writer_put_text(writer, "query");
	put_flag(writer, message, FLAG_AUTHORITATIVE, " aa");
	put_flag(writer, message, FLAG_TRUNCATED, " tc");
	put_flag(writer, message, FLAG_RECURSION_DESIRED, " rd");
	put_flag(writer, message, FLAG_RECURSION_AVAILABLE, " ra");
	put_flag(writer, message, FLAG_AUTHENTIC, " ad");
}

static void
put_question(struct text_writer *writer, struct message *message)
{
	struct message_question question;
	char text[MESSAGE_NAME_SIZE], type[TYPE_TEXT_SIZE];

	if (!message_next_question(message, &question)) {
		text_writer_put_text(writer, ", no question");
		return;
	}
	wire_name_print(question.name, text);
	DnsRecordTypeFormat((int)question.type, type, sizeof type);
	text_writer_put_text(writer, ", ");
	text_writer_put_text(writer, text[0] != '\0' ? text : ".");
	text_writer_put(writer, ' ');
	text_writer_put_text(writer, type);
}

static void
put_count(struct text_writer *writer, char before, unsigned int count)
{
	text_writer_put(writer, before);
	text_writer_put_number(writer, count);
}

static void
put_message(struct text_writer *writer, const DnsPacket *packet)
{
	struct message message;

	message_open(&message, packet->octets, packet->length);
	if (message.malformed) {
		text_writer_put_text(writer, ", no message");
		return;
	}
	put_header(writer, &message);
	put_question(writer, &message);
	put_count(writer, ' ', message.records[SECTION_ANSWER]);
	put_count(writer, '/', message.records[SECTION_AUTHORITY]);
	put_count(writer, '/', message.records[SECTION_ADDITIONAL]);
}

size_t
DnsPacketFormat(const DnsPacket *packet, char *buffer, size_t size)
{
	struct text_writer writer;

	text_writer_init(&writer, buffer, size);
	text_writer_put_text(&writer, packet->fate == DNS_PACKET_SENT ? "to " : "from ");
	text_writer_put_text(&writer, packet->server);
	text_writer_put_text(&writer, packet->isOverTcp ? " TCP " : " UDP ");
	text_writer_put_number(&writer, (uint32_t)packet->length);
	text_writer_put_text(&writer, " octets");
	put_message(&writer, packet);
	if (packet->fate == DNS_PACKET_DOUBTED)
		text_writer_put_text(&writer, ": in doubt");
	else if (packet->fate == DNS_PACKET_IGNORED)
		text_writer_put_text(&writer, ": ignored");
	return text_writer_end(&writer);
}
