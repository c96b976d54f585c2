using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.SmppLinks;
using TwilioEmu.Smpp.Pdus;
using TwilioEmu.Smpp.Sessions;
using TwilioEmu.Smpp.Texts;
using static TwilioEmu.Tests.SmppLinks.SmppHouse;

namespace TwilioEmu.Tests.SmppLinks;

/// <summary>Gateways that bind to the emulator's SMSC.</summary>
public sealed class GatewayTests
{
    [Fact]
    public async Task A_text_that_a_gateway_submits_is_a_text_of_a_phone_to_the_app()
    {
        await using var house = await StartAsync();
        var gateway = await house.BindAsync(BindMode.Transmitter);

        (await house.SubmitAsync(gateway, Hello)).Should().Be("0000000001");
        await house.AdvanceAsync(1);
        var webhook = house.Webhooks.Should().ContainSingle().Subject;
        (webhook["From"], webhook["To"], webhook["Body"]).Should().Be((Phone, App, "Hello"));
        (await house.EntriesAsync(HandsetEntries.Texted)).Should().ContainSingle();
        gateway.Received.Should().BeEmpty("no receipt was asked for");
    }

    [Theory]
    [InlineData("nobody", Password, CommandStatus.InvSysId)]
    [InlineData(SystemId, "wrong", CommandStatus.InvPaswd)]
    [InlineData(SystemId, Password, CommandStatus.Ok)]
    public async Task Who_binds_must_be_known(string systemId, string password, CommandStatus status)
    {
        await using var house = await StartAsync();
        var gateway = await house.BindAsync(systemId: systemId, password: password);
        gateway.RefusedWith.Should().Be(status);
        gateway.IsBound.Should().Be(status == CommandStatus.Ok);
    }

    [Fact]
    public async Task More_sessions_than_agreed_are_refused_until_one_unbinds()
    {
        await using var house = await StartAsync(s => s with { MaxSessions = 1 });
        var first = await house.BindAsync();
        (await house.BindAsync()).RefusedWith.Should().Be(CommandStatus.BindFail);
        await house.TurnAsync(first.Unbind);
        await house.SettleAsync();
        (await house.BindAsync()).IsBound.Should().BeTrue();
    }

    [Fact]
    public async Task What_an_app_texts_to_a_number_of_the_gateway_is_delivered_to_it_and_its_answer_is_the_receipt()
    {
        await using var house = await StartAsync();
        var gateway = await house.BindAsync(BindMode.Receiver);
        var sid = await house.SendAsync(Phone, "Your code is 123456");
        await house.AdvanceAsync(1);

        var body = (MessageBody)gateway.Received.Should().ContainSingle().Subject.Body;
        body.Source.Should().Be(new SmppAddress(1, 1, App[1..]));
        body.Destination.Should().Be(new SmppAddress(1, 1, Phone[1..]));
        TextCodings.Decode(TextCoding.Gsm7, body.ShortMessage.Span).Should().Be("Your code is 123456");
        (await house.StatusAsync(sid)).Should().Be(("delivered", null));
        await house.AdvanceAsync(1);
        house.Webhooks.Select(w => w["MessageStatus"]).Should().Equal("sending", "sent", "delivered");
    }

    [Theory]
    [InlineData(CommandStatus.InvDstAdr, 30005)]
    [InlineData(CommandStatus.RxRAppn, 30007)]
    [InlineData(CommandStatus.RxPAppn, 30008)]
    [InlineData(CommandStatus.SysErr, 30008)]
    public async Task A_gateway_that_refuses_a_text_makes_it_undelivered(CommandStatus status, int code)
    {
        await using var house = await StartAsync();
        var gateway = await house.BindAsync();
        gateway.Answers = _ => (status, "");
        var sid = await house.SendAsync(Phone);
        await house.AdvanceAsync(1);
        (await house.StatusAsync(sid)).Should().Be(("undelivered", code));
    }

    [Fact]
    public async Task A_gateway_that_is_busy_is_asked_again_later_and_nothing_is_lost_or_overtaken()
    {
        await using var house = await StartAsync();
        var gateway = await house.BindAsync();
        var busy = 2;
        gateway.Answers = _ => (busy-- > 0 ? CommandStatus.Throttled : CommandStatus.Ok, "");
        var first = await house.SendAsync(Phone, "one");
        var second = await house.SendAsync(Phone, "two");
        await house.AdvanceAsync(0.5);
        (await house.StatusAsync(first)).Status.Should().Be("sent");
        await house.AdvanceAsync(10);
        (await house.StatusAsync(first)).Status.Should().Be("delivered");
        (await house.StatusAsync(second)).Status.Should().Be("delivered");
        gateway.Received.Select(Words).TakeLast(2).Should().Equal("one", "two");
    }

    [Fact]
    public async Task A_text_waits_for_its_gateway_and_is_given_up_when_that_never_comes()
    {
        await using var house = await StartAsync(s => s with { Keeps = TimeSpan.FromHours(1) });
        var early = await house.SendAsync(Phone);
        await house.AdvanceAsync(1800);
        (await house.StatusAsync(early)).Status.Should().Be("sent");
        var gateway = await house.BindAsync();
        (await house.StatusAsync(early)).Status.Should().Be("delivered");
        await house.TurnAsync(gateway.Break);
        await house.SettleAsync();
        var late = await house.SendAsync(Phone);
        await house.AdvanceAsync(3601);
        (await house.StatusAsync(late)).Should().Be(("undelivered", 30003));
    }

    [Fact]
    public async Task A_text_on_its_way_when_the_link_breaks_goes_over_the_next_session()
    {
        await using var house = await StartAsync();
        var first = await house.BindAsync();
        first.Answers = _ => null;
        var sid = await house.SendAsync(Phone);
        await house.AdvanceAsync(1);
        first.Received.Should().HaveCount(1);
        await house.TurnAsync(first.Break);
        var second = await house.BindAsync();
        second.Received.Should().HaveCount(1);
        (await house.StatusAsync(sid)).Status.Should().Be("delivered");
    }

    [Theory]
    [InlineData(MessageState.Delivered, "000", "delivered", null)]
    [InlineData(MessageState.Undeliverable, "001", "undelivered", 30005)]
    [InlineData(MessageState.Expired, "000", "undelivered", 30003)]
    public async Task Where_acknowledgements_count_a_text_is_delivered_when_the_gateway_says_so(
        MessageState state, string error, string status, int? code)
    {
        await using var house = await StartAsync(s => s with { Acknowledges = true });
        var gateway = await house.BindAsync();
        gateway.Answers = _ => (CommandStatus.Ok, "gw-1");
        var sid = await house.SendAsync(Phone);
        await house.AdvanceAsync(1);
        ((MessageBody)gateway.Received.Single().Body).RegisteredDelivery.Should().Be(4);
        (await house.StatusAsync(sid)).Status.Should().Be("sent");
        var receipt = new DeliveryReceipt("gw-1", state) { Error = error };
        await house.SubmitAsync(
            gateway,
            Hello with
            {
                EsmClass = DeliveryReceipt.PhoneAcknowledgement,
                ShortMessage = TextCodings.Encode(TextCoding.Gsm7, receipt.Write()),
            });
        (await house.StatusAsync(sid)).Should().Be((status, code));
        (await house.RefusalAsync(gateway, Hello with { EsmClass = DeliveryReceipt.PhoneAcknowledgement }))
            .Should().Be(CommandStatus.InvEsmClass, "it is no receipt");
    }

    [Theory]
    [InlineData(LongTexts.Udh)]
    [InlineData(LongTexts.Sar)]
    [InlineData(LongTexts.Payload)]
    public async Task Long_texts_go_both_ways_whole(LongTexts manner)
    {
        var text = string.Concat(Enumerable.Range(0, 120).Select(i => $"{i} smiles 😀 "));
        await using var house = await StartAsync(s => s with { LongTexts = manner });
        var gateway = await house.BindAsync();
        var sid = await house.SendAsync(Phone, text[..1000]);
        await house.AdvanceAsync(1);
        (await house.StatusAsync(sid)).Status.Should().Be("delivered");
        var reassembly = new Reassembly<int>(10, TimeSpan.FromDays(1));
        string? whole = null;
        foreach (var pdu in gateway.Received.Reverse())
        {
            var body = (MessageBody)pdu.Body;
            ShortMessages.Read(body.ShortMessage, body.EsmClass, body.DataCoding, pdu.Tlvs, TextCoding.Gsm7, out var raw)
                .Should().Be(CommandStatus.Ok);
            if (reassembly.Add("", "", raw, 0, default) is var (joined, _)) whole = joined;
        }
        whole.Should().Be(text[..1000]);

        var parts = ShortMessages.Write(text[..1000], TextCoding.Gsm7, manner, 7);
        foreach (var part in parts.Reverse())
        {
            await house.SubmitAsync(
                gateway, Hello with { EsmClass = part.EsmClassBits, DataCoding = part.DataCoding, ShortMessage = part.ShortMessage },
                [.. part.Tlvs]);
        }
        await house.AdvanceAsync(1);
        house.Webhooks.Last(w => w.ContainsKey("Body"))["Body"].Should().Be(text[..1000]);
    }

    [Fact]
    public async Task A_long_text_that_never_becomes_whole_is_given_up_and_its_sender_told()
    {
        await using var house = await StartAsync();
        var gateway = await house.BindAsync();
        var part = ShortMessages.Write(new string('a', 200), TextCoding.Gsm7, LongTexts.Udh, 7)[0];
        await house.SubmitAsync(
            gateway, Hello with { EsmClass = part.EsmClassBits, ShortMessage = part.ShortMessage, RegisteredDelivery = 1 });
        await house.AdvanceAsync(301);
        (await house.EntriesAsync(SmppEntries.Incomplete)).Should().ContainSingle();
        Words(gateway.Received.Single()).Should().Contain("stat:UNDELIV");
        house.Webhooks.Should().BeEmpty();
    }

    [Theory]
    [InlineData(1, true, true)]
    [InlineData(2, false, true)]
    [InlineData(0, false, false)]
    public async Task Receipts_are_told_as_registered_delivery_asks(byte registered, bool ofSuccess, bool ofFailure)
    {
        await using var house = await StartAsync();
        await house.TurnAsync(() => house.Smpp.Links);
        var gateway = await house.BindAsync();
        var id = await house.SubmitAsync(
            gateway, Hello with { RegisteredDelivery = registered }, Tlv.Of(TlvTag.UserMessageReference, (ushort)99));
        await house.AdvanceAsync(1);
        gateway.Received.Should().HaveCount(ofSuccess ? 1 : 0);
        if (ofSuccess)
        {
            var receipt = gateway.Received.Single();
            var body = (MessageBody)receipt.Body;
            body.EsmClass.Should().Be(DeliveryReceipt.Receipt);
            (body.Source.Read(), body.Destination.Read()).Should().Be((App, Phone));
            Words(receipt)
                .Should().StartWith(
                    $"id:{id} sub:001 dlvrd:001 submit date:2601050900 done date:2601050900 stat:DELIVRD err:000 text:Hello");
            receipt.Tlvs.Find(TlvTag.ReceiptedMessageId)!.Value.Text.Should().Be(id);
            receipt.Tlvs.Find(TlvTag.MessageState)!.Value.Number.Should().Be((uint)MessageState.Delivered);
            receipt.Tlvs.Find(TlvTag.UserMessageReference)!.Value.Number.Should().Be(99);
        }
        // A phone that cannot be reached: the carrier's own, of nobody's link.
        await house.TurnAsync(() => house.Handset("+14155580001", new DeliveryReport(DeliveryOutcome.Undelivered, 30005)));
        await house.SubmitAsync(gateway, Hello with { RegisteredDelivery = registered, Destination = SmppAddress.Of("+14155580001") });
        await house.AdvanceAsync(5);
        gateway.Received.Skip(ofSuccess ? 1 : 0).Should().HaveCount(ofFailure ? 1 : 0);
        if (ofFailure) Words(gateway.Received.Last()).Should().Contain("stat:UNDELIV err:001");
    }

    [Fact]
    public async Task A_text_for_later_goes_when_its_time_has_come_and_can_be_asked_for_changed_and_taken_back()
    {
        await using var house = await StartAsync();
        var gateway = await house.BindAsync();
        var later = Hello with { ScheduleDeliveryTime = "000000010000000R", RegisteredDelivery = 1 };
        var (kept, changed, cancelled) = (
            await house.SubmitAsync(gateway, later), await house.SubmitAsync(gateway, later), await house.SubmitAsync(gateway, later));

        (await QueryAsync(kept)).Should().Be(MessageState.Enroute);
        (await house.AskAsync(
            gateway, CommandId.ReplaceSm,
            new ReplaceBody(changed, Hello.Source) { ShortMessage = "Other"u8.ToArray(), RegisteredDelivery = 1 }))!.Status
            .Should().Be(CommandStatus.Ok);
        (await house.AskAsync(gateway, CommandId.CancelSm, new CancelBody("", cancelled, Hello.Source, Hello.Destination)))!.Status
            .Should().Be(CommandStatus.Ok);
        (await QueryAsync(cancelled)).Should().Be(MessageState.Deleted);
        await house.AdvanceAsync(3599);
        house.Webhooks.Should().BeEmpty();
        await house.AdvanceAsync(2);
        house.Webhooks.Select(w => w["Body"]).Should().Equal("Hello", "Other");
        (await QueryAsync(kept)).Should().Be(MessageState.Delivered);
        gateway.Received.Select(Words)
            .Select(w => w[(w.IndexOf("stat:", StringComparison.Ordinal) + 5)..][..7])
            .Should().Equal("DELETED", "DELIVRD", "DELIVRD");

        (await house.AskAsync(gateway, CommandId.CancelSm, new CancelBody("", kept, Hello.Source, Hello.Destination)))!.Status
            .Should().Be(CommandStatus.CancelFail);
        (await house.AskAsync(gateway, CommandId.ReplaceSm, new ReplaceBody(kept, Hello.Source)))!.Status
            .Should().Be(CommandStatus.ReplaceFail);
        (await house.AskAsync(gateway, CommandId.CancelSm, new CancelBody("", "999", Hello.Source, Hello.Destination)))!.Status
            .Should().Be(CommandStatus.InvMsgId);
        (await house.AskAsync(gateway, CommandId.CancelSm, new CancelBody("", "", Hello.Source, Hello.Destination)))!.Status
            .Should().Be(CommandStatus.CancelFail);
        (await house.AskAsync(gateway, CommandId.QuerySm, new QueryBody(kept, SmppAddress.Of("+14155559999"))))!.Status
            .Should().Be(CommandStatus.QueryFail, "it is not of that source");

        async Task<MessageState> QueryAsync(string id)
        {
            var answer = (QueryRespBody)(await house.AskAsync(gateway, CommandId.QuerySm, new QueryBody(id, Hello.Source)))!.Body;
            answer.FinalDate.Length.Should().Be(answer.State == MessageState.Enroute ? 0 : 16);
            return answer.State;
        }
    }

    [Fact]
    public async Task Without_an_id_all_that_waits_between_two_is_taken_back_and_a_text_can_take_anothers_place()
    {
        await using var house = await StartAsync();
        var gateway = await house.BindAsync();
        var later = Hello with { ScheduleDeliveryTime = "000000010000000R" };
        var first = await house.SubmitAsync(gateway, later);
        (await house.SubmitAsync(gateway, later with { ReplaceIfPresent = 1, ShortMessage = "Instead"u8.ToArray() })).Should().Be(first);
        await house.AdvanceAsync(3601);
        house.Webhooks.Select(w => w["Body"]).Should().Equal("Instead");
        await house.SubmitAsync(gateway, later);
        await house.SubmitAsync(gateway, later);
        (await house.AskAsync(gateway, CommandId.CancelSm, new CancelBody("", "", Hello.Source, Hello.Destination)))!.Status
            .Should().Be(CommandStatus.Ok);
        await house.AdvanceAsync(3601);
        house.Webhooks.Should().HaveCount(1);
    }

    [Fact]
    public async Task A_text_that_no_phone_takes_in_time_expires()
    {
        await using var house = await StartAsync();
        var gateway = await house.BindAsync();
        await house.TurnAsync(() => house.Handset("+14155580001", new DeliveryReport(DeliveryOutcome.NoReceipt)));
        await house.SubmitAsync(
            gateway,
            Hello with { ValidityPeriod = "000000000100000R", RegisteredDelivery = 1, Destination = SmppAddress.Of("+14155580001") });
        await house.AdvanceAsync(61);
        Words(gateway.Received.Single()).Should().Contain("stat:EXPIRED");
    }

    [Fact]
    public async Task One_text_goes_to_several_and_who_cannot_have_it_is_named()
    {
        await using var house = await StartAsync();
        var gateway = await house.BindAsync();
        MultiDestination to = new(SmppAddress.Of(App), null), other = new(
            SmppAddress.Of("+14155550101"), null), wrong = new(new SmppAddress(1, 1, "x"), null);
        var answer = (MultiRespBody)(await house.AskAsync(gateway, CommandId.SubmitMulti, new MultiBody(Hello, [to, other, wrong])))!.Body;
        answer.Failed.Should().Equal((wrong.Address, CommandStatus.InvDstAdr));
        (await house.EntriesAsync(HandsetEntries.Texted)).Should().HaveCount(2);
        (await house.AskAsync(
            gateway, CommandId.SubmitMulti, new MultiBody(Hello, [new MultiDestination(SmppAddress.None, "all")])))!.Status
            .Should().Be(CommandStatus.CntSubDl);
        (await house.AskAsync(gateway, CommandId.SubmitMulti, new MultiBody(Hello, [wrong])))!.Status.Should().Be(CommandStatus.SubmitFail);
    }

    [Fact]
    public async Task Data_sm_is_a_text_too()
    {
        await using var house = await StartAsync();
        var gateway = await house.BindAsync();
        var data = new DataBody { Source = Hello.Source, Destination = Hello.Destination, DataCoding = 8 };
        (await house.AskAsync(
            gateway, CommandId.DataSm, data, new Tlv(TlvTag.MessagePayload, TextCodings.Encode(TextCoding.Ucs2, "Здравствуй"))))!.Status
            .Should().Be(CommandStatus.Ok);
        await house.AdvanceAsync(1);
        house.Webhooks.Single()["Body"].Should().Be("Здравствуй");
    }

    public static TheoryData<string, CommandStatus> Wrong => new()
    {
        { "source", CommandStatus.InvSrcAdr }, { "app as source", CommandStatus.InvSrcAdr }, { "destination", CommandStatus.InvDstAdr },
        { "schedule", CommandStatus.InvSched },
        { "validity", CommandStatus.InvExpiry }, { "past validity", CommandStatus.InvExpiry }, { "priority", CommandStatus.InvPrtFlg },
        { "registered", CommandStatus.InvRegDlvFlg },
        { "replace", CommandStatus.InvRepFlag }, { "default", CommandStatus.InvDftMsgId }, { "class", CommandStatus.InvEsmClass },
        { "coding", CommandStatus.InvDcs }, { "long", CommandStatus.InvMsgLen },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_is_wrong_is_refused_by_its_own_status_and_told(string what, CommandStatus status)
    {
        await using var house = await StartAsync();
        var gateway = await house.BindAsync();
        var body = what switch
        {
            "source" => Hello with { Source = new SmppAddress(5, 0, "ACME") },
            "app as source" => Hello with { Source = Hello.Destination },
            "destination" => Hello with { Destination = new SmppAddress(5, 0, "ACME") },
            "schedule" => Hello with { ScheduleDeliveryTime = "tomorrow" },
            "validity" => Hello with { ValidityPeriod = "tomorrow" },
            "past validity" => Hello with { ValidityPeriod = "250105090000000+" },
            "priority" => Hello with { Priority = 4 },
            "registered" => Hello with { RegisteredDelivery = 3 },
            "replace" => Hello with { ReplaceIfPresent = 2 },
            "default" => Hello with { DefaultMessageId = 1 },
            "class" => Hello with { EsmClass = 0x18 },
            "coding" => Hello with { DataCoding = 4 },
            _ => Hello with { ShortMessage = default },
        };
        Tlv[] tlvs = what == "long" ? [new Tlv(TlvTag.MessagePayload, new byte[1601])] : [];
        (await house.RefusalAsync(gateway, body, tlvs)).Should().Be(status);
        (await house.EntriesAsync(SmppEntries.Rejected)).Should().ContainSingle().Which.Should().Contain(status.Word());
        gateway.IsBound.Should().BeTrue();
    }

    private static string Words(Pdu pdu) => TextCodings.Decode(TextCoding.Gsm7, ((MessageBody)pdu.Body).ShortMessage.Span);
}
