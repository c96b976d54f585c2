using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Testing.Apps;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Products.Tests.Events;

/// <summary>What webhook sinks are told, and what becomes of what they do not take.</summary>
public sealed class EventStreamTests : IAsyncDisposable
{
    private const string Queued = "com.twilio.messaging.message.queued";
    private const string Sent = "com.twilio.messaging.message.sent";
    private const string Delivered = "com.twilio.messaging.message.delivered";
    private const string Received = "com.twilio.messaging.inbound-message.received";

    private readonly StreamHouse _streams = new();

    private MessagingHouse House => _streams.House;

    public ValueTask DisposeAsync() => _streams.DisposeAsync();

    [Fact]
    public async Task A_webhook_sink_is_told_of_a_message_by_the_types_it_is_subscribed_to()
    {
        await _streams.SubscribeAsync(await _streams.SinkAsync(), Queued, Sent, Delivered);
        var sid = (await House.PostAsync("hello", "StatusCallback", "http://app/events"))["sid"]!;
        await House.AdvanceAsync(10);
        var events = await _streams.ToldAsync();
        events.Select(e => e.GetProperty("type").GetString()).Should().Equal(Sent, Delivered);
        var (envelope, data) = (events[1], events[1].GetProperty("data"));
        envelope.EnumerateObject().Select(p => p.Name)
            .Should().Equal("specversion", "type", "source", "id", "dataschema", "datacontenttype", "time", "data");
        envelope.GetProperty("source").GetString().Should().EndWith($"/Messages/{sid}.json");
        envelope.GetProperty("id").GetString().Should().StartWith("EZ");
        envelope.GetProperty("dataschema").GetString().Should().Be("https://events-schemas.twilio.com/Messaging.MessageStatus/8");
        (data.GetProperty("messageSid").GetString(), data.GetProperty("messageStatus").GetString()).Should().Be((sid, "DELIVERED"));
        (data.GetProperty("numberOfSegments").GetInt32(), data.GetProperty("statusCallBackUrl").GetString())
            .Should().Be((1, "http://app/events"));
        envelope.GetProperty("time").GetString().Should().Be(data.GetProperty("timestamp").GetString());
    }

    [Fact]
    public async Task An_undelivered_message_says_its_error_as_a_number()
    {
        await _streams.SubscribeAsync(await _streams.SinkAsync(), "com.twilio.messaging.message.undelivered");
        House.Behave(new DeliveryReport(DeliveryOutcome.Undelivered, 30005));
        await House.PostAsync("hello");
        await House.AdvanceAsync(10);
        var data = (await _streams.ToldAsync()).Should().ContainSingle().Subject.GetProperty("data");
        (data.GetProperty("messageStatus").GetString(), data.GetProperty("errorCode").GetInt32()).Should().Be(("UNDELIVERED", 30005));
    }

    [Fact]
    public async Task A_sink_is_told_of_texts_that_come_in_and_the_numbers_own_app_as_well()
    {
        await _streams.SubscribeAsync(await _streams.SinkAsync(), Received);
        var sid = House.TextIn("hello?");
        await House.AdvanceAsync(5);
        var data = (await _streams.ToldAsync()).Should().ContainSingle().Subject.GetProperty("data");
        (data.GetProperty("messageSid").GetString(), data.GetProperty("body").GetString(), data.GetProperty("fromCountry").GetString())
            .Should().Be((sid, "hello?", "US"));
        House.App.Requests.Should().Contain(r => r.Path == "/sms");
    }

    /// <remarks>twilio.com/docs/whatsapp/key-concepts, Retrieve BSUID data.</remarks>
    [Fact]
    public async Task Of_a_person_of_WhatsApp_the_id_is_told_in_and_out_and_of_others_none()
    {
        const string Sender = "whatsapp:+14155550100";
        House.Do(() =>
        {
            using var json = JsonDocument.Parse($$"""{"sid":"XE00000000000000000000000000000001","status":"ONLINE","sender_id":"{{Sender}}"}""");
            House.Rest.Door.PutResource(
                AccountBook.DefaultSid, "messaging", "/v2/Channels/Senders/XE00000000000000000000000000000001", json.RootElement)
                    .Should().BeNull();
            House.Rest.Handsets.Configure(MessagingHouse.Phone, new HandsetBehaviour { UserName = "ann.lee_7" });
        });
        await _streams.SubscribeAsync(await _streams.SinkAsync(), Received, Sent);
        House.Do(() => House.Rest.Handsets.Text(MessagingHouse.Phone, Sender, "hello", []));
        await House.AdvanceAsync(5);
        var told = (await _streams.ToldAsync()).Should().ContainSingle().Subject.GetProperty("data");
        var id = told.GetProperty("externalUserId").GetString();
        (told.GetProperty("from").GetString(), id).Should().Be((id, id));
        id.Should().StartWith("whatsapp:US.");
        await House.Rest.PostAsync("Messages.json", "To", id!, "From", Sender, "Body", "hi");
        await House.PostAsync("hello");
        await House.AdvanceAsync(5);
        (await _streams.ToldAsync()).Skip(1)
            .Select(e => e.GetProperty("data").TryGetProperty("externalUserId", out var known) ? known.GetString() : null)
            .Should().BeEquivalentTo([id, null]);
    }

    [Fact]
    public async Task The_body_is_signed_by_its_hash_in_the_URL_and_in_process_apps_read_its_values()
    {
        await _streams.SubscribeAsync(await _streams.SinkAsync(), Sent);
        await House.PostAsync("hello");
        await House.AdvanceAsync(10);
        var sent = (await _streams.SentAsync()).Should().ContainSingle().Subject;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sent.GetProperty("body").GetString()!)));
        sent.GetProperty("url").GetString().Should().Be($"http://app/events?bodySHA256={hash}");
        var seen = House.App.Requests.Single(r => r.Path == "/events");
        seen.IsSigned.Should().BeTrue();
        seen["type"].Should().Be(Sent);
        seen["messageStatus"].Should().Be("SENT");
    }

    [Fact]
    public async Task A_sink_that_wants_batches_gets_what_happens_within_two_seconds_as_one_list()
    {
        await _streams.SubscribeAsync(
            await _streams.SinkAsync("""{"destination":"http://app/events","method":"post","batch_events":true}"""), Sent, Delivered);
        await House.PostAsync("one");
        await House.PostAsync("two");
        await House.AdvanceAsync(20);
        var batches = await _streams.ToldAsync();
        batches.Should().OnlyContain(b => b.ValueKind == JsonValueKind.Array);
        batches.Sum(b => b.GetArrayLength()).Should().Be(4);
        batches.Count.Should().BeLessThan(4);
        batches.SelectMany(b => b.EnumerateArray().Select(e => e.GetProperty("id").GetString())).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task A_batch_that_fails_comes_again_whole()
    {
        await _streams.SubscribeAsync(
            await _streams.SinkAsync("""{"destination":"http://app/events","batch_events":true}"""), Sent, Delivered);
        House.App.OnInTurn("/events", new AppAnswer(500, null, ""), FakeApp.Empty);
        await House.PostAsync("one");
        await House.AdvanceAsync(60);
        var bodies = (await _streams.SentAsync()).Select(s => s.GetProperty("body").GetString()).ToList();
        bodies.Should().HaveCount(2);
        bodies[1].Should().Be(bodies[0]);
    }

    [Theory]
    [InlineData(500, 91306)]
    [InlineData(503, 91306)]
    [InlineData(429, 91302)]
    public async Task What_an_app_cannot_take_now_is_tried_again_for_four_hours_and_then_dropped(int status, int code)
    {
        await _streams.SubscribeAsync(await _streams.SinkAsync(), Sent);
        House.App.On("/events", new AppAnswer(status, null, ""));
        await House.PostAsync("hello");
        await House.AdvanceAsync(4);
        (await House.AlertsAsync()).Should().Equal(code);
        await House.AdvanceAsync(5 * 3600);
        var alerts = await House.AlertsAsync();
        alerts[..^1].Should().AllBeEquivalentTo(code, "it is told again every twenty minutes");
        alerts[^1].Should().Be(91300, "it is over");
        var dropped = (await House.Rest.EntriesAsync("event.dropped")).Should().ContainSingle().Subject;
        MessagingHouse.Data(dropped).GetProperty("why").GetString().Should().Contain($"{status}");
        var times = (await _streams.ToldAsync()).Count;
        times.Should().BeInRange(11, 30);
        await House.AdvanceAsync(5 * 3600);
        (await _streams.ToldAsync()).Should().HaveCount(times);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(410)]
    public async Task What_an_app_refuses_is_dropped_at_once(int status)
    {
        await _streams.SubscribeAsync(await _streams.SinkAsync(), Sent);
        House.App.On("/events", new AppAnswer(status, null, ""));
        await House.PostAsync("hello");
        await House.AdvanceAsync(3600);
        (await _streams.ToldAsync()).Should().ContainSingle();
        (await House.AlertsAsync()).Should().Equal(91305);
        (await House.Rest.EntriesAsync("event.dropped")).Should().ContainSingle();
    }

    [Fact]
    public async Task An_app_that_answers_too_late_is_told_again()
    {
        await _streams.SubscribeAsync(await _streams.SinkAsync(), Sent);
        var count = 0;
        House.App.On("/events", async (_, cancellation) =>
        {
            if (++count == 1) await Task.Delay(TimeSpan.FromSeconds(6), House.Rest.World.Clock, cancellation);
            return FakeApp.Empty;
        });
        await House.PostAsync("hello");
        await House.AdvanceAsync(60);
        count.Should().Be(2);
        (await House.AlertsAsync()).Should().Equal(91308);
    }

    [Fact]
    public async Task A_sink_where_nothing_listens_is_told_of_once_and_tried_again()
    {
        await _streams.SubscribeAsync(await _streams.SinkAsync("""{"destination":"http://127.0.0.1:1/events"}"""), Sent);
        await House.PostAsync("hello");
        await House.AdvanceAsync(60);
        (await _streams.SentAsync()).Should().HaveCountGreaterThan(1);
        (await House.AlertsAsync()).Should().Equal(91307);
    }

    [Fact]
    public async Task What_fails_at_first_comes_at_last_and_the_debugger_heard_of_it_once()
    {
        await _streams.SubscribeAsync(await _streams.SinkAsync(), Sent);
        House.App.OnInTurn("/events", new AppAnswer(500, null, ""), new AppAnswer(500, null, ""), FakeApp.Empty);
        await House.PostAsync("hello");
        await House.AdvanceAsync(3600);
        (await _streams.ToldAsync()).Select(e => e.GetProperty("id").GetString()).Distinct()
            .Should().ContainSingle("copies have the same id");
        (await _streams.ToldAsync()).Should().HaveCount(3);
        (await House.AlertsAsync()).Should().Equal(91306);
        (await House.Rest.EntriesAsync("event.dropped")).Should().BeEmpty();
    }

    [Fact]
    public async Task Connection_overrides_of_the_URL_change_nothing()
    {
        await _streams.SubscribeAsync(await _streams.SinkAsync("""{"destination":"http://app/events#rc=5&rp=all"}"""), Sent);
        House.App.On("/events", new AppAnswer(500, null, ""));
        await House.PostAsync("hello");
        await House.AdvanceAsync(5);
        House.App.Requests.Count(r => r.Path == "/events").Should().Be(1);
    }

    [Fact]
    public async Task A_subscription_that_is_gone_is_told_nothing_and_neither_is_a_type_taken_from_it()
    {
        var sink = await _streams.SinkAsync();
        var subscription = await _streams.SubscribeAsync(sink, Sent, Delivered);
        (await _streams.DeleteAsync($"/v1/Subscriptions/{subscription}/SubscribedEvents/{Sent}")).Status.Should().Be(204);
        await House.PostAsync("hello");
        await House.AdvanceAsync(10);
        (await _streams.ToldAsync()).Should().ContainSingle().Which.GetProperty("type").GetString().Should().Be(Delivered);
        (await _streams.DeleteAsync($"/v1/Subscriptions/{subscription}")).Status.Should().Be(204);
        await House.PostAsync("hello again");
        await House.AdvanceAsync(10);
        (await _streams.ToldAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task Events_come_in_the_version_that_was_asked_for()
    {
        var subscription = await _streams.SubscribeWithAsync(await _streams.SinkAsync(), $$"""{"type":"{{Sent}}","schema_version":3}""");
        await House.PostAsync("hello");
        await House.AdvanceAsync(10);
        await _streams.PostAsync($"/v1/Subscriptions/{subscription}/SubscribedEvents/{Sent}", "SchemaVersion", "5");
        await House.PostAsync("hello again");
        await House.AdvanceAsync(10);
        (await _streams.ToldAsync()).Select(e => e.GetProperty("dataschema").GetString())
            .Should().Equal(
                "https://events-schemas.twilio.com/Messaging.MessageStatus/3",
                "https://events-schemas.twilio.com/Messaging.MessageStatus/5");
    }
}
