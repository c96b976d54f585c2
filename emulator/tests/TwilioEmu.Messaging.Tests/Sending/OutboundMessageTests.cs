using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Testing.Apps;
using TwilioEmu.Testing.Houses;

namespace TwilioEmu.Messaging.Tests.Sending;

public sealed class OutboundMessageTests : IAsyncDisposable
{
    private readonly MessagingHouse _house = new();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Theory]
    [InlineData("+18765550199", 201)]
    [InlineData("+447700900123", 201)]
    [InlineData("+16045550199", 400)]
    [InlineData("+17875550199", 400)]
    public async Task A_name_writes_to_all_countries_but_the_United_States_and_Canada(string to, int status) =>
        (await _house.Rest.PostAsync("Messages.json", "To", to, "From", "ACME", "Body", "x")).Status.Should().Be(status);

    [Fact]
    public async Task A_message_is_queued_leaves_and_is_delivered_and_each_step_is_caused_by_the_one_before()
    {
        var sid = (await _house.PostAsync("Hello"))["sid"]!;
        await _house.AdvanceAsync(10);

        _house.StoryOf(sid)
            .Should().Equal(("message.queued", 0), ("message.sending", 0.05), ("message.sent", 0.05), ("message.delivered", 1.05));
        var steps = (
            await _house.Rest.World.Loop.RunAsync(() => _house.Rest.World.Journal.After(0).Where(e => e.Subject == sid).ToList(), default))
                .ToList();
        steps[1].Cause.Should().Be(steps[0].Seq);
        steps[2].Cause.Should().Be(steps[1].Seq);
        steps[3].Cause.Should().Be(steps[1].Seq);
        _house.Received().Should().Equal("Hello");
    }

    [Fact]
    public async Task Nothing_moves_until_time_is_told_to()
    {
        var answer = await _house.PostAsync("Hello");
        answer["status"].Should().Be("queued");
        (await _house.Rest.GetAsync($"Messages/{answer["sid"]}.json"))["status"].Should().Be("queued");
    }

    [Fact]
    public async Task The_app_is_told_of_every_change_in_order_and_signed()
    {
        _house.App.On("/status", FakeApp.Empty);
        var sid = (await _house.PostAsync("Hello", "StatusCallback", "http://app/status"))["sid"];
        await _house.AdvanceAsync(10);

        _house.App.Requests.Select(r => r["MessageStatus"]).Should().Equal("sending", "sent", "delivered");
        _house.App.Requests
            .Should().OnlyContain(r => r.IsSigned && r["MessageSid"] == sid && r["SmsSid"] == sid && r["To"] == MessagingHouse.Phone);
        _house.App.Requests[2]["RawDlrDoneDate"].Should().Be("2601050900");
    }

    [Theory]
    [InlineData(DeliveryOutcome.Undelivered, null, "undelivered", "30003", "Unreachable destination handset")]
    [InlineData(DeliveryOutcome.Undelivered, 30007, "undelivered", "30007", "Message filtered")]
    [InlineData(DeliveryOutcome.Failed, null, "failed", "30008", "Unknown error")]
    [InlineData(DeliveryOutcome.Failed, 30034, "failed", "30034", "US A2P 10DLC - Message from an Unregistered Number")]
    public async Task A_phone_that_takes_no_texts_gives_the_message_its_error(
        DeliveryOutcome outcome, int? code, string status, string errorCode, string message)
    {
        _house.App.On("/status", FakeApp.Empty);
        _house.Behave(new DeliveryReport(outcome, code));
        var sid = (await _house.PostAsync("Hello", "StatusCallback", "http://app/status"))["sid"];
        await _house.AdvanceAsync(10);

        var fetched = await _house.Rest.GetAsync($"Messages/{sid}.json");
        (fetched["status"], fetched["error_code"], fetched["error_message"]).Should().Be((status, errorCode, message));
        _house.App.Requests[^1]["ErrorCode"].Should().Be(errorCode);
        _house.Received().Should().BeEmpty();
    }

    [Fact]
    public async Task Without_a_receipt_a_message_stays_sent()
    {
        _house.Behave(new DeliveryReport(DeliveryOutcome.NoReceipt));
        var sid = (await _house.PostAsync("Hello"))["sid"];
        await _house.AdvanceAsync(3600);
        (await _house.Rest.GetAsync($"Messages/{sid}.json"))["status"].Should().Be("sent");
    }

    [Fact]
    public async Task A_message_that_waits_longer_than_it_is_valid_fails_with_30036_at_that_instant()
    {
        await _house.PostAsync(new string('a', 1600));
        var late = (await _house.PostAsync("too late", "ValidityPeriod", "5"))["sid"]!;
        await _house.AdvanceAsync(60);

        _house.StoryOf(late).Should().Equal(("message.queued", 0), ("message.failed", 5));
        (await _house.Rest.GetAsync($"Messages/{late}.json"))["error_code"].Should().Be("30036");
        _house.Received().Should().ContainSingle();
    }

    [Fact]
    public async Task A_full_queue_refuses_with_21611_and_loses_nothing()
    {
        await using var slow = new MessagingHouse(messagesPerSecond: 0.0001);
        (await slow.PostAsync("one")).Status.Should().Be(201);
        (await slow.PostAsync("two")).Status.Should().Be(201);
        (await slow.PostAsync("three")).Status.Should().Be(201);
        var refused = await slow.PostAsync("four");
        (refused.Status, refused.Code).Should().Be((400, 21611));
        await slow.AdvanceAsync(40_000);
        slow.Received().Should().Equal("one", "two", "three");
    }

    [Fact]
    public async Task Two_hundred_messages_on_one_long_code_leave_one_second_apart_in_order()
    {
        for (var i = 0; i < 200; i++) await _house.PostAsync($"{i}");
        await _house.AdvanceAsync(300);

        var sent = (await _house.Rest.EntriesAsync("message.sent"))
            .Select(e => (MessagingHouse.Data(e).GetProperty("body").GetString(), e.At)).ToList();
        sent.Select(s => s.Item1).Should().Equal(Enumerable.Range(0, 200).Select(i => $"{i}"));
        sent.Zip(sent.Skip(1), (a, b) => b.At - a.At).Should().OnlyContain(gap => gap == TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Retention_discards_the_body_and_obfuscates_the_recipient_once_done()
    {
        var sid = (await _house.PostAsync("secret", "ContentRetention", "discard", "AddressRetention", "obfuscate"))["sid"];
        (await _house.Rest.GetAsync($"Messages/{sid}.json"))["body"].Should().Be("secret");
        await _house.AdvanceAsync(5);
        var done = await _house.Rest.GetAsync($"Messages/{sid}.json");
        (done["body"], done["to"]).Should().Be(("", "+1415555XXXX"));
    }

    [Fact]
    public async Task A_message_from_one_number_to_another_comes_in_there()
    {
        _house.Do(() => _house.Rest.Numbers.Add(
            AccountBook.DefaultSid,
            new PhoneNumberSpec
            {
                Number = "+14155550101",
                Parameters = new Dictionary<string,
                string>
                { ["SmsUrl"] = "http://app/sms" }
            }));
        _house.App.On("/sms", FakeApp.Empty);
        await _house.PostAsync("ignored", "To", "ignored");
        var sid = (await _house.Rest.PostAsync(
            "Messages.json", "To", "+14155550101", "From", MessagingHouse.Number, "Body", "Hi, neighbour"))["sid"];
        await _house.AdvanceAsync(5);
        _house.App.Requests.Should().ContainSingle().Which["Body"].Should().Be("Hi, neighbour");
        (await _house.Rest.GetAsync($"Messages/{sid}.json"))["status"].Should().Be("delivered");
    }
}
