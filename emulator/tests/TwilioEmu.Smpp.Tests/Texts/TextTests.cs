using FsCheck;
using FsCheck.Fluent;
using TwilioEmu.Smpp.Pdus;
using TwilioEmu.Smpp.Texts;

namespace TwilioEmu.Smpp.Tests.Texts;

public sealed class TextTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Every_character_of_the_GSM_alphabet_comes_back()
    {
        var all = new string([.. Enumerable.Range(0, 0x10000).Select(i => (char)i).Where(c => GsmAlphabet.SeptetCount(c) > 0)]);

        all.Should().HaveLength(127 + 10);
        GsmAlphabet.Decode(GsmAlphabet.Encode(all)).Should().Be(all);
        GsmAlphabet.Encode("@£€{").Should().Equal(0x00, 0x01, 0x1B, 0x65, 0x1B, 0x28);
    }

    [Theory]
    [InlineData("1B", " ")]
    [InlineData("1B1B", " ")]
    [InlineData("1B41", "A")]
    [InlineData("41FF", "A\uFFFD")]
    public void What_is_no_GSM_text_is_read_as_a_phone_would(string hex, string text) =>
        GsmAlphabet.Decode(Convert.FromHexString(hex)).Should().Be(text);

    [Theory]
    [InlineData(0x00, "40", "¡")]
    [InlineData(0x01, "40", "@")]
    [InlineData(0x01, "7B", "{")]
    [InlineData(0x01, "1B287D", "{ñ")]
    [InlineData(0x03, "E9", "é")]
    [InlineData(0x06, "CFE0D8F0FDA1", "Яр" + "и№§Ё")]
    [InlineData(0x07, "F9ECE5ED", "שלום")]
    [InlineData(0x08, "D83DDE00", "😀")]
    [InlineData(0xF0, "24", "¤")]
    [InlineData(0x18, "0041", "A")]
    [InlineData(0xE0, "0041", "A")]
    public void Data_codings_say_how_octets_are_read(byte dataCoding, string hex, string text)
    {
        if (dataCoding == 0x06) text = "Я" + "р" + "и" + "№§Ё";
        ShortMessages.Read(Convert.FromHexString(hex), 0, dataCoding, [], TextCoding.Gsm7, out var raw).Should().Be(CommandStatus.Ok);
        raw.Text.Should().Be(text);
    }

    // 3GPP TS 23.040 §9.2.3.24.15 and 16: 24 names the table after an escape, 25 the one in the place of the basic alphabet.
    [Theory]
    [InlineData("03240101", "1B471B491B531B631B671B691B731B65", "ĞİŞçğış€")]
    [InlineData("03250101", "0407 0B0C 1C1D 40 60", "€ıĞğŞşİç")]
    [InlineData("03240102", "1B091B411B491B4F1B551B611B691B6F1B75", "çÁÍÓÚáíóú")]
    [InlineData("03240103", "1B051B0F1B5B1B7C1B7F1B12", "êáÃõâΦ")]
    [InlineData("03250103", "0406 0B0E 15 1E5B 5C 60 7B", "êúÔÁ∞ÊÃÕ~ã")]
    [InlineData("062401012501 01", "1B4904", "İ€")]
    [InlineData("03240109", "1B6541", "€A")]
    [InlineData("03250102", "0441", "èA")]
    public void National_tables_are_read_where_the_header_names_them_and_the_usual_ones_for_languages_that_are_not_known(
        string header, string septets, string text)
    {
        var octets = Convert.FromHexString((header + septets).Replace(" ", "", StringComparison.Ordinal));
        ShortMessages.Read(octets, UserDataHeader.Indicator, 0, [], TextCoding.Gsm7, out var raw).Should().Be(CommandStatus.Ok);
        raw.Text.Should().Be(text);
    }

    [Fact]
    public void A_long_text_of_a_national_table_becomes_one()
    {
        var reassembly = new Reassembly<int>(10, TimeSpan.FromMinutes(1));
        ShortMessages.Read(
            Convert.FromHexString("0800037702 01240101".Replace(" ", "", StringComparison.Ordinal) + "1B47"), UserDataHeader.Indicator, 0,
            [], TextCoding.Gsm7, out var first);
        ShortMessages.Read(
            Convert.FromHexString("0800037702022401011B73"), UserDataHeader.Indicator, 0, [], TextCoding.Gsm7, out var second);
        reassembly.Add("a", "b", second, 2, DateTimeOffset.UnixEpoch).Should().BeNull();
        reassembly.Add("a", "b", first, 1, DateTimeOffset.UnixEpoch)!.Value.Text.Should().Be("Ğş");
    }

    [Theory]
    [InlineData(0x02)]
    [InlineData(0x04)]
    [InlineData(0x05)]
    [InlineData(0x0E)]
    [InlineData(0xF4)]
    [InlineData(0x50)]
    public void What_is_no_text_of_ours_is_refused(byte dataCoding) =>
        ShortMessages.Read("x"u8.ToArray(), 0, dataCoding, [], TextCoding.Gsm7, out _).Should().Be(CommandStatus.InvDcs);

    [Theory]
    [InlineData(LongTexts.Udh)]
    [InlineData(LongTexts.Sar)]
    [InlineData(LongTexts.Payload)]
    public void Any_text_comes_out_as_it_went_in_whatever_the_order_of_its_parts(LongTexts manner)
    {
        var alphabet = Gen.Elements("abc{€é@ \n😀ЖΩ".EnumerateRunes().Select(r => r.ToString()).ToArray());
        var texts = Gen.Choose(0, 700).SelectMany(n => Gen.ArrayOf(alphabet, n)).Select(string.Concat);
        Prop.ForAll(texts.ToArbitrary(), Gen.Elements(TextCoding.Gsm7, TextCoding.Latin1).ToArbitrary(), (text, usual) =>
        {
            var parts = ShortMessages.Write(text, usual, manner, 200);
            var reassembly = new Reassembly<int>(10, TimeSpan.FromMinutes(1));
            string? whole = null;
            foreach (var (part, i) in parts.Select((p, i) => (p, i)).Reverse())
            {
                if (part.ShortMessage.Length > 160) return false;
                if (ShortMessages.Read(
                    part.ShortMessage, part.EsmClassBits, part.DataCoding, part.Tlvs, usual, out var raw) != CommandStatus.Ok)
                {
                    return false;
                }
                if (reassembly.Add("a", "b", raw, i, Now) is var (joined, tags))
                {
                    whole = tags.SequenceEqual(Enumerable.Range(0, parts.Count)) ? joined : null;
                }
            }
            return whole == text && reassembly.WaitingCount == 0;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData('a', 160, 1)]
    [InlineData('a', 161, 2)]
    [InlineData('a', 306, 2)]
    [InlineData('a', 307, 3)]
    [InlineData('€', 80, 1)]
    [InlineData('€', 81, 2)]
    [InlineData('€', 153, 3)]
    [InlineData('Ж', 70, 1)]
    [InlineData('Ж', 71, 2)]
    [InlineData('Ж', 134, 2)]
    [InlineData('Ж', 135, 3)]
    public void Parts_are_as_long_as_a_radio_segment(char c, int count, int parts) =>
        ShortMessages.Write(new string(c, count), TextCoding.Gsm7, LongTexts.Udh, 1).Should().HaveCount(parts);

    [Theory]
    [InlineData("")]
    [InlineData("05000301")]
    [InlineData("0500050102")]
    [InlineData("FF")]
    [InlineData("0100")]
    public void A_header_that_does_not_add_up_is_refused(string hex) =>
        ShortMessages.Read(Convert.FromHexString(hex), 0x40, 0, [], TextCoding.Gsm7, out _).Should().Be(CommandStatus.InvEsmClass);

    [Fact]
    public void References_of_sixteen_bits_and_elements_nobody_knows_are_read()
    {
        UserDataHeader.TryRead(Convert.FromHexString("0A" + "0504" + "15810000" + "0804" + "1234" + "0302"), out _)
            .Should().BeFalse("the lengths exceed");
        UserDataHeader.TryRead(Convert.FromHexString("0C" + "0504" + "15810000" + "0804" + "1234" + "0302"), out var header)
            .Should().BeTrue();
        header.Should().Be(new UserDataHeader(13, new TextPart(0x1234, 3, 2)));
        UserDataHeader.TryRead(Convert.FromHexString("05" + "0003" + "01" + "0203"), out var impossible).Should().BeTrue();
        impossible.Part.Should().BeNull("the third of two is as if it were not there");
    }

    [Fact]
    public void Text_stands_in_one_place_only_and_SAR_is_whole()
    {
        Tlv payload = new(TlvTag.MessagePayload, "Hello"u8.ToArray()), reference = Tlv.Of(TlvTag.SarMsgRefNum, (ushort)1), total = Tlv.Of(
            TlvTag.SarTotalSegments, (byte)2);
        Read("x"u8.ToArray(), payload).Should().Be(CommandStatus.InvMsgLen);
        Read([], payload).Should().Be(CommandStatus.Ok);
        Read("x"u8.ToArray(), reference, total).Should().Be(CommandStatus.MissingOptParam);
        Read("x"u8.ToArray(), reference, total, Tlv.Of(TlvTag.SarSegmentSeqnum, (byte)3)).Should().Be(CommandStatus.InvOptParamVal);
        Read("x"u8.ToArray(), reference, total, Tlv.Of(TlvTag.SarSegmentSeqnum, (byte)2)).Should().Be(CommandStatus.Ok);

        static CommandStatus Read(byte[] octets, params Tlv[] tlvs) => ShortMessages.Read(octets, 0, 0, [.. tlvs], TextCoding.Gsm7, out _);
    }

    [Fact]
    public void Texts_that_never_become_whole_are_given_up_by_age_and_by_number()
    {
        var reassembly = new Reassembly<string>(3, TimeSpan.FromMinutes(5));
        for (var i = 0; i < 5; i++) Add(i, Now.AddSeconds(i));
        reassembly.Sweep(Now.AddSeconds(5)).Select(g => g.Tags.Single()).Should().Equal("0", "1");
        reassembly.NextDue.Should().Be(Now.AddSeconds(2) + TimeSpan.FromMinutes(5));
        Add(2, Now.AddSeconds(6));
        reassembly.WaitingCount.Should().Be(3, "a part that is there is not taken again");
        reassembly.Sweep(Now.AddHours(1)).Should().HaveCount(3);
        reassembly.NextDue.Should().BeNull();

        void Add(int reference, DateTimeOffset at) =>
            reassembly.Add(
                "a", "b", new RawText(TextCoding.Gsm7, "x"u8.ToArray(), new TextPart((ushort)reference, 2, 1)), $"{reference}", at);
    }

    [Theory]
    [InlineData("260105090000000+", "2026-01-05T09:00:00Z")]
    [InlineData("260105100000004+", "2026-01-05T09:00:00Z")]
    [InlineData("260105040000520-", "2026-01-05T09:00:00.5Z")]
    [InlineData("000000013000000R", "2026-01-05T10:30:00Z")]
    [InlineData("010203040506000R", "2027-03-08T13:05:06Z")]
    public void Times_are_absolute_or_relative(string text, string instant)
    {
        SmppTime.TryRead(text, Now, out var read).Should().BeTrue();
        read.Should().Be(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("260105090000000")]
    [InlineData("2601050900000000+")]
    [InlineData("260231090000000+")]
    [InlineData("261305090000000+")]
    [InlineData("260105250000000+")]
    [InlineData("260105090000049+")]
    [InlineData("2601050900x0000+")]
    [InlineData("260105090000000Z")]
    public void What_is_no_time_is_refused(string text) => SmppTime.TryRead(text, Now, out _).Should().BeFalse();

    [Fact]
    public void An_instant_comes_back_from_its_text()
    {
        SmppTime.TryRead(SmppTime.Write(Now.AddMilliseconds(300)), Now, out var read).Should().BeTrue();
        read.Should().Be(Now.AddMilliseconds(300));
        SmppTime.TryRead("", Now, out var none).Should().BeTrue();
        none.Should().BeNull();
    }

    [Fact]
    public void A_receipt_is_written_as_the_appendix_has_it()
    {
        var receipt = new DeliveryReceipt("0000000001", MessageState.Delivered)
        {
            Submitted = Now,
            Done = Now.AddMinutes(1),
            Text = "Hello, this is longer than it may be",
        };
        receipt.Write()
            .Should().Be("id:0000000001 sub:001 dlvrd:001 submit date:2601050900 done date:2601050901 stat:DELIVRD err:000 text:Hello, "
                + "this is longe");
    }

    [Theory]
    [InlineData(
        "id:42 sub:001 dlvrd:001 submit date:2601050900 done date:260105090100 stat:DELIVRD err:000 text:stat:UNDELIV", "42",
        MessageState.Delivered, "000")]
    [InlineData("ID:abc-1 STAT:undeliv ERR:034", "abc-1", MessageState.Undeliverable, "034")]
    [InlineData("stat:EXPIRED id: 42 err:1", "42", MessageState.Expired, "1")]
    [InlineData("msgid:7 id:42 stat:REJECTD", "42", MessageState.Rejected, "000")]
    [InlineData("id:42 stat:ENROUTE", "42", MessageState.Enroute, "000")]
    public void Receipts_are_read_as_SMSCs_write_them(string text, string id, MessageState state, string error)
    {
        var receipt = DeliveryReceipt.Read(text, Deliver());
        (receipt!.MessageId, receipt.State, receipt.Error).Should().Be((id, state, error));
        receipt.IsFinal.Should().Be(state != MessageState.Enroute);
    }

    [Theory]
    [InlineData("stat:DELIVRD")]
    [InlineData("id:42")]
    [InlineData("id:42 stat:GONE")]
    [InlineData("Hello")]
    [InlineData("id: stat:DELIVRD")]
    public void What_is_no_receipt_is_none(string text) => DeliveryReceipt.Read(text, Deliver()).Should().BeNull();

    [Fact]
    public void Optional_parameters_of_a_receipt_go_before_its_words()
    {
        var pdu = Deliver(
            Tlv.OfText(TlvTag.ReceiptedMessageId, "43"), Tlv.Of(TlvTag.MessageState, (byte)MessageState.Undeliverable),
            new Tlv(TlvTag.NetworkErrorCode, new byte[] { 3, 0, 6 }));
        var receipt = DeliveryReceipt.Read("id:42 stat:DELIVRD err:000", pdu)!;
        (receipt.MessageId, receipt.State, receipt.Error).Should().Be(("43", MessageState.Undeliverable, "006"));
    }

    [Theory]
    [InlineData(1, 1, "14155550100", "+14155550100")]
    [InlineData(1, 1, "+14155550100", "+14155550100")]
    [InlineData(0, 0, "14155550100", "+14155550100")]
    [InlineData(0, 1, "12345", "12345")]
    [InlineData(3, 0, "12345", "12345")]
    [InlineData(2, 1, "4155550100", "+14155550100")]
    [InlineData(5, 0, "ACME", "ACME")]
    [InlineData(1, 1, "", null)]
    [InlineData(1, 1, "abc", null)]
    [InlineData(1, 1, "1234567890123456", null)]
    [InlineData(5, 0, "longer than eleven", null)]
    public void Addresses_are_numbers_codes_and_names(byte ton, byte npi, string value, string? address)
    {
        new SmppAddress(ton, npi, value).Read().Should().Be(address);
        if (address is not null) SmppAddress.Of(address).Read().Should().Be(address);
    }

    private static Pdu Deliver(params Tlv[] tlvs) => new(CommandId.DeliverSm, CommandStatus.Ok, 1, new MessageBody()) { Tlvs = [.. tlvs] };
}
