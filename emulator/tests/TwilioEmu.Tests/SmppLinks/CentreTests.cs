using TwilioEmu.Carrier.SmppLinks;
using TwilioEmu.Smpp.Pdus;
using TwilioEmu.Smpp.Texts;
using static TwilioEmu.Tests.SmppLinks.SmppHouse;

namespace TwilioEmu.Tests.SmppLinks;

/// <summary>SMSCs that the emulator binds to.</summary>
public sealed class CentreTests
{
    [Fact]
    public async Task What_an_app_texts_is_submitted_to_the_SMSC_sent_when_it_is_taken_and_delivered_when_the_receipt_says_so()
    {
        await using var house = await StartAsync();
        var smsc = await house.MeetAsync();
        var sid = await house.SendAsync(CentrePhone, "Hi");
        await house.AdvanceAsync(1);

        var submitted = smsc.Received.Should().ContainSingle().Subject;
        submitted.Command.Should().Be(CommandId.SubmitSm);
        ((MessageBody)submitted.Body).RegisteredDelivery.Should().Be(1);
        (await house.StatusAsync(sid)).Should().Be(("sent", null));
        (await ReceiptAsync(house, smsc, "0000000001", MessageState.Enroute)).Should().Be(CommandStatus.Ok);
        (await house.StatusAsync(sid)).Should().Be(("sent", null));
        await ReceiptAsync(house, smsc, "1", MessageState.Delivered);
        (await house.StatusAsync(sid)).Should().Be(("delivered", null));
    }

    [Theory]
    [InlineData(MessageState.Undeliverable, "000", 30003)]
    [InlineData(MessageState.Expired, "000", 30003)]
    [InlineData(MessageState.Rejected, "000", 30007)]
    [InlineData(MessageState.Deleted, "000", 30008)]
    [InlineData(MessageState.Unknown, "000", 30008)]
    [InlineData(MessageState.Undeliverable, "001", 30005)]
    [InlineData(MessageState.Undeliverable, "013", 30004)]
    [InlineData(MessageState.Undeliverable, "011", 30006)]
    [InlineData(MessageState.Undeliverable, "0A1", 30410)]
    public async Task A_receipt_of_failure_has_Twilios_code(MessageState state, string error, int code)
    {
        await using var house = await StartAsync(centre: c => c with { Errors = new Dictionary<string, int> { ["0A1"] = 30410 } });
        var smsc = await house.MeetAsync();
        var sid = await house.SendAsync(CentrePhone);
        await house.AdvanceAsync(1);
        await ReceiptAsync(house, smsc, "0000000001", state, error);
        (await house.StatusAsync(sid)).Should().Be(("undelivered", code));
    }

    [Theory]
    [InlineData(CommandStatus.InvDstAdr, 30005)]
    [InlineData(CommandStatus.SubmitFail, 30008)]
    public async Task A_text_that_the_SMSC_does_not_take_fails(CommandStatus status, int code)
    {
        await using var house = await StartAsync();
        await house.MeetAsync(smsc => smsc.Answers = _ => (status, ""));
        var sid = await house.SendAsync(CentrePhone);
        await house.AdvanceAsync(1);
        (await house.StatusAsync(sid)).Should().Be(("failed", code));
    }

    [Fact]
    public async Task A_throttling_SMSC_gets_all_of_it_in_order_and_later()
    {
        await using var house = await StartAsync();
        var count = 0;
        var smsc = await house.MeetAsync(
            smsc => smsc.Answers = _ => count++ % 3 == 1 ? (CommandStatus.Throttled, "") : (CommandStatus.Ok, $"{count}"));
        var sids = new List<string>();
        for (var i = 0; i < 6; i++) sids.Add(await house.SendAsync(CentrePhone, $"{i}"));
        await house.AdvanceAsync(60);
        foreach (var sid in sids) (await house.StatusAsync(sid)).Status.Should().Be("sent");
        smsc.Received.Count.Should().BeGreaterThan(6);
    }

    [Fact]
    public async Task A_receipt_that_overtakes_the_answer_counts_all_the_same()
    {
        await using var house = await StartAsync();
        var smsc = await house.MeetAsync();
        await ReceiptAsync(house, smsc, "0000000001", MessageState.Delivered);
        var sid = await house.SendAsync(CentrePhone);
        await house.AdvanceAsync(1);
        (await house.StatusAsync(sid)).Should().Be(("delivered", null));
    }

    [Theory]
    [InlineData(ReceiptIds.Same, "SAR-1EEDF843-2", "sar-1eedf843-2", "jookies/jasmin#418: another case")]
    [InlineData(ReceiptIds.Same, "BB42DD", "00BB42DD", "jookies/jasmin#1129: padded")]
    [InlineData(ReceiptIds.Same, "4b5acd2b-68ab-4ba6-a8d5-bb9a1e5a8a1c", "4b5acd2b-68ab-4ba6-a8d5-bb9a1e5a8a1c", "jookies/jasmin#153")]
    [InlineData(ReceiptIds.Decimal, "33E95179", "0870928761", "opentelecoms-org/jsmpp#56")]
    [InlineData(ReceiptIds.Decimal, "00000000000000000000000000ff", "255", "MavoCz/smscsim#4")]
    [InlineData(ReceiptIds.Decimal, "4b5acd2b-68ab", "4b5acd2b-68ab", "no number at all")]
    [InlineData(ReceiptIds.Hexadecimal, "4294967295", "FFFFFFFF", "elibom/mokai#8")]
    public async Task A_receipt_that_spells_its_text_otherwise_is_its_all_the_same(
        ReceiptIds spelling, string answered, string named, string because)
    {
        await using var house = await StartAsync(centre: c => c with { ReceiptIds = spelling });
        var smsc = await house.MeetAsync(smsc => smsc.Answers = _ => (CommandStatus.Ok, answered));
        var sid = await house.SendAsync(CentrePhone);
        await house.AdvanceAsync(1);
        await ReceiptAsync(house, smsc, named, MessageState.Delivered);
        (await house.StatusAsync(sid)).Should().Be(("delivered", null), because);
        (await house.EntriesAsync(SmppEntries.Unmatched)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_receipt_that_names_no_text_is_told_with_the_spelling_that_would()
    {
        await using var house = await StartAsync();
        var smsc = await house.MeetAsync(smsc => smsc.Answers = _ => (CommandStatus.Ok, "1A"));
        var sid = await house.SendAsync(CentrePhone);
        await house.AdvanceAsync(1);
        await ReceiptAsync(house, smsc, "77", MessageState.Delivered);
        await ReceiptAsync(house, smsc, "26", MessageState.Delivered);
        (await house.StatusAsync(sid)).Should().Be(("sent", null));
        var told = await house.EntriesAsync(SmppEntries.Unmatched);
        told.Should().HaveCount(2);
        told[0].Should().Contain("77").And.NotContain("receipt_ids");
        told[1].Should().Contain("receipt_ids: decimal");
    }

    [Fact]
    public async Task A_long_text_is_delivered_when_all_its_parts_are()
    {
        await using var house = await StartAsync();
        var smsc = await house.MeetAsync();
        var (good, bad) =
            (await house.SendAsync(CentrePhone, new string('a', 400)), await house.SendAsync(CentrePhone, new string('b', 400)));
        await house.AdvanceAsync(1);
        smsc.Received.Should().HaveCount(6);
        for (var i = 1; i <= 2; i++) await ReceiptAsync(house, smsc, $"{i}", MessageState.Delivered);
        (await house.StatusAsync(good)).Status.Should().Be("sent");
        await ReceiptAsync(house, smsc, "3", MessageState.Delivered);
        (await house.StatusAsync(good)).Status.Should().Be("delivered");
        await ReceiptAsync(house, smsc, "5", MessageState.Undeliverable);
        (await house.StatusAsync(bad)).Should().Be(("undelivered", 30003));
        await ReceiptAsync(house, smsc, "6", MessageState.Delivered);
        (await house.StatusAsync(bad)).Should().Be(("undelivered", 30003));
    }

    [Fact]
    public async Task What_the_SMSC_delivers_are_texts_to_the_app()
    {
        await using var house = await StartAsync();
        var smsc = await house.MeetAsync();
        var deliver = Hello with { Source = SmppAddress.Of(CentrePhone) };
        (await house.AskAsync(smsc, CommandId.DeliverSm, deliver))!.Status.Should().Be(CommandStatus.Ok);
        foreach (var part in ShortMessages.Write(new string('Ж', 100), TextCoding.Gsm7, LongTexts.Sar, 3))
        {
            (await house.AskAsync(
                smsc, CommandId.DeliverSm, deliver with { DataCoding = part.DataCoding, ShortMessage = part.ShortMessage },
                [.. part.Tlvs]))!.Status
                .Should().Be(CommandStatus.Ok);
        }
        await house.AdvanceAsync(1);
        house.Webhooks.Select(w => (w["From"], w["Body"])).Should().Equal((CentrePhone, "Hello"), (CentrePhone, new string('Ж', 100)));
        (await house.AskAsync(smsc, CommandId.DeliverSm, deliver with { Destination = SmppAddress.Of("+14155559999") }))!.Status
            .Should().Be(CommandStatus.InvDstAdr);
        (await house.AskAsync(smsc, CommandId.DeliverSm, deliver with { EsmClass = 4 }))!.Status
            .Should().Be(CommandStatus.RxPAppn, "a receipt of nothing");
    }

    [Fact]
    public async Task A_text_waits_until_the_emulator_is_bound_and_fails_when_that_takes_too_long()
    {
        await using var house = await StartAsync(centre: c => c with { Keeps = TimeSpan.FromMinutes(10) });
        var (late, early) = (await house.SendAsync(CentrePhone, "late"), "");
        await house.AdvanceAsync(601);
        (await house.StatusAsync(late)).Should().Be(("failed", 30008));
        early = await house.SendAsync(CentrePhone, "early");
        await house.AdvanceAsync(60);
        (await house.StatusAsync(early)).Status.Should().Be("sending");
        var smsc = await house.MeetAsync();
        smsc.Received.Should().ContainSingle();
        (await house.StatusAsync(early)).Status.Should().Be("sent");
    }

    [Fact]
    public async Task A_text_that_is_never_answered_fails_after_three_tries()
    {
        await using var house = await StartAsync();
        var smsc = await house.MeetAsync(smsc => smsc.Answers = _ => null);
        var sid = await house.SendAsync(CentrePhone);
        await house.AdvanceAsync(29);
        (await house.StatusAsync(sid)).Status.Should().Be("sending");
        await house.AdvanceAsync(5);
        (await house.StatusAsync(sid)).Should().Be(("failed", 30008));
        smsc.Received.Should().HaveCount(3);
    }

    [Fact]
    public async Task An_SMSC_that_refuses_the_emulator_is_told_in_the_journal()
    {
        await using var house = await StartAsync();
        var smsc = await house.MeetAsync(
            smsc => smsc.Judges = bind => bind.Password == "other" ? CommandStatus.Ok : CommandStatus.InvPaswd);
        smsc.IsBound.Should().BeFalse();
        (await house.EntriesAsync(SmppEntries.Refused)).Should().ContainSingle().Which.Should().Contain("ESME_RINVPASWD");
    }

    [Fact]
    public async Task With_a_transmitter_and_a_receiver_texts_go_over_the_one_and_come_over_the_other()
    {
        await using var house = await StartAsync(centre: c => c with { Bind = CentreBind.Both });
        var (transmitter, receiver) = (await house.MeetAsync(), await house.MeetAsync());
        var sid = await house.SendAsync(CentrePhone);
        await house.AdvanceAsync(1);
        (transmitter.Received.Count, receiver.Received.Count).Should().Be((1, 0));
        await ReceiptAsync(house, receiver, "1", MessageState.Delivered);
        (await house.StatusAsync(sid)).Status.Should().Be("delivered");
        (await house.TurnAsync(() => house.Smpp.Links))[1].Sessions.Select(s => s.Mode).Should().Equal("transmitter", "receiver");
    }

    private static async Task<CommandStatus> ReceiptAsync(
        SmppHouse house, PlayedSystem smsc, string id, MessageState state, string error = "000")
    {
        var receipt = new DeliveryReceipt(id, state)
        {
            Error = error,
            Submitted = house.World.Clock.GetUtcNow(),
            Done = house.World.Clock.GetUtcNow(),
        };
        var body = new MessageBody
        {
            Source = SmppAddress.Of(CentrePhone),
            Destination = SmppAddress.Of(App),
            EsmClass = DeliveryReceipt.Receipt,
            ShortMessage = TextCodings.Encode(TextCoding.Gsm7, receipt.Write()),
        };
        return (await house.AskAsync(smsc, CommandId.DeliverSm, body))!.Status;
    }
}
