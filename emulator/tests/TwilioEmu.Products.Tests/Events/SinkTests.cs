using TwilioEmu.Testing.Houses;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Products.Tests.Events;

/// <summary>Sinks and subscriptions at the front door.</summary>
public sealed class SinkTests : IAsyncDisposable
{
    private const string Sent = "com.twilio.messaging.message.sent";

    private readonly StreamHouse _streams = new(maxWaiting: 3);

    public ValueTask DisposeAsync() => _streams.DisposeAsync();

    [Fact]
    public async Task A_webhook_sink_is_active_and_shows_its_method_in_lower_case()
    {
        var sink = await _streams.GetAsync(
            $"/v1/Sinks/{await _streams.SinkAsync("""{"destination":"http://app/events","method":"POST"}""")}");
        sink["status"].Should().Be("active");
        sink.Json.GetProperty("sink_configuration").GetRawText()
            .Should().Be("""{"destination":"http://app/events","method":"post","batch_events":false}""");
    }

    [Theory]
    [InlineData("webhook", "[]")]
    [InlineData("webhook", "destination")]
    [InlineData("webhook", """{"method":"POST"}""")]
    [InlineData("webhook", """{"destination":"app"}""")]
    [InlineData("webhook", """{"destination":"ftp://app/x"}""")]
    [InlineData("webhook", """{"destination":"http://app/x","method":"PUT"}""")]
    [InlineData("webhook", """{"destination":"http://app/x","batch_events":1}""")]
    [InlineData("kinesis", """{"arn":"arn:aws:kinesis:us-east-1:1:stream/x"}""")]
    [InlineData("segment", """{"destination":"http://app/x"}""")]
    public async Task A_sink_without_what_its_type_needs_is_refused(string type, string configuration)
    {
        var refused = await _streams.PostAsync("/v1/Sinks", "Description", "x", "SinkType", type, "SinkConfiguration", configuration);
        (refused.Status, refused.Code).Should().Be((400, 91000));
        refused["message"].Should().StartWith("Invalid SinkConfiguration: ");
    }

    [Fact]
    public async Task An_account_has_a_hundred_sinks()
    {
        for (var i = 0; i < 100; i++) await _streams.SinkAsync();
        var refused = await _streams.PostAsync(
            "/v1/Sinks", "Description", "x", "SinkType", "webhook", "SinkConfiguration", """{"destination":"http://app/events"}""");
        (refused.Status, refused.Code).Should().Be((400, 91003));
    }

    [Fact]
    public async Task Sinks_are_listed_by_whether_a_subscription_has_them()
    {
        var (used, free) = (await _streams.SinkAsync(), await _streams.SinkAsync());
        await _streams.SubscribeAsync(used, Sent);
        (await ListedAsync("InUse=true")).Should().Equal(used);
        (await ListedAsync("InUse=false&Status=active")).Should().Equal(free);
        (await ListedAsync("InUse=false&Status=failed")).Should().BeEmpty();
        (await _streams.House.Rest.EntriesAsync("warning")).Should().BeEmpty();
    }

    [Fact]
    public async Task A_sink_has_one_subscription_and_stays_as_long_as_that_lasts()
    {
        var sink = await _streams.SinkAsync();
        var subscription = await _streams.SubscribeAsync(sink, Sent);
        var second = await _streams.PostAsync(
            "/v1/Subscriptions", "Description", "two", "SinkSid", sink, "Types", $$"""{"type":"{{Sent}}"}""");
        (second.Status, second["message"]).Should().Be((400, $"Sink with SID {sink} is in use"));
        (await _streams.DeleteAsync($"/v1/Sinks/{sink}")).Code.Should().Be(91007);
        (await _streams.DeleteAsync($"/v1/Subscriptions/{subscription}")).Status.Should().Be(204);
        (await _streams.DeleteAsync($"/v1/Sinks/{sink}")).Status.Should().Be(204);
    }

    [Fact]
    public async Task A_sinks_test_comes_as_an_event_whose_id_validates_it()
    {
        var sink = await _streams.SinkAsync();
        var submitted = await _streams.PostAsync($"/v1/Sinks/{sink}/Test");
        submitted.Status.Should().Be(201, submitted.Body);
        submitted["result"].Should().Be("submitted");
        await _streams.House.AdvanceAsync(3);
        var test = (await _streams.ToldAsync()).Should().ContainSingle().Subject;
        test.GetProperty("type").GetString().Should().Be("com.twilio.eventstreams.test-event");
        var id = test.GetProperty("data").GetProperty("test_id").GetString()!;
        (await _streams.PostAsync($"/v1/Sinks/{sink}/Validate", "TestId", "another")).Status.Should().Be(400);
        (await _streams.PostAsync($"/v1/Sinks/{sink}/Validate")).Status.Should().Be(400);
        (await _streams.PostAsync($"/v1/Sinks/{sink}/Validate", "TestId", id))["result"].Should().Be("valid");
    }

    [Fact]
    public async Task What_is_no_webhook_begins_as_initialized_and_cannot_be_subscribed_and_its_maker_is_told_that_nothing_comes()
    {
        var sink = await _streams.SinkAsync("""{"arn":"a","role_arn":"b","external_id":"c"}""", "kinesis");
        (await _streams.GetAsync($"/v1/Sinks/{sink}"))["status"].Should().Be("initialized");
        var refused = await _streams.PostAsync(
            "/v1/Subscriptions", "Description", "x", "SinkSid", sink, "Types", $$"""{"type":"{{Sent}}"}""");
        (refused.Status, refused.Code).Should().Be((400, 91100));
        (await _streams.House.Rest.EntriesAsync("warning")).Should().ContainSingle().Which.ToJson().Should().Contain("kinesis");
    }

    [Theory]
    [InlineData("""[{"type":"com.twilio.messaging.message.sent"}]""", 20001, "Missing required input parameter event_types[0].type")]
    [InlineData("""{"schema_version":1}""", 20001, "Missing required input parameter event_types[0].type")]
    [InlineData(
        """{"type":"com.twilio.messaging.message.recieved"}""", 91104,
        "Type not found in the system: com.twilio.messaging.message.recieved")]
    [InlineData("""{"type":"com.twilio.voice.twiml.requested"}""", 91104, "Type not found in the system: com.twilio.voice.twiml.requested")]
    [InlineData(
        """{"type":"com.twilio.conversations.delivery.updated"}""", 91104,
        "Type is discontinued: com.twilio.conversations.delivery.updated")]
    [InlineData(
        """{"type":"com.twilio.messaging.message.sent","schema_version":99}""", 20001,
        "Schema version 99 of com.twilio.messaging.message.sent not found: there are 1 to 8")]
    public async Task Types_are_objects_one_by_one_that_name_what_there_is(string types, int code, string words)
    {
        var refused = await _streams.PostAsync(
            "/v1/Subscriptions", "Description", "x", "SinkSid", await _streams.SinkAsync(), "Types", types);
        (refused.Status, refused.Code, refused["message"]).Should().Be((400, code, words));
        (await _streams.GetAsync("/v1/Subscriptions")).Json.GetProperty("subscriptions").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task A_type_is_subscribed_to_once()
    {
        var sink = await _streams.SinkAsync();
        var twice = await _streams.PostAsync(
            "/v1/Subscriptions", "Description", "x", "SinkSid", sink, "Types", $$"""{"type":"{{Sent}}"}""", "Types",
            $$"""{"type":"{{Sent}}"}""");
        (twice.Status, twice.Code).Should().Be((400, 91101));
        var subscription = await _streams.SubscribeAsync(sink, Sent);
        (await _streams.PostAsync($"/v1/Subscriptions/{subscription}/SubscribedEvents", "Type", Sent)).Status.Should().Be(409);
        (await _streams.PostAsync($"/v1/Subscriptions/{subscription}/SubscribedEvents", "Type", "com.twilio.nothing")).Code
            .Should().Be(91104);
        (await _streams.PostAsync($"/v1/Subscriptions/{subscription}/SubscribedEvents/{Sent}", "SchemaVersion", "0")).Status
            .Should().Be(400);
    }

    [Fact]
    public async Task Who_subscribes_to_what_is_not_told_here_is_told_so()
    {
        var subscription = await _streams.SubscribeAsync(
            await _streams.SinkAsync(), Sent, "com.twilio.taskrouter.task.created",
            "com.twilio.voice.webhook.status-callback.call.ringing");
        var listed =
            (await _streams.GetAsync($"/v1/Subscriptions/{subscription}/SubscribedEvents")).Json.GetProperty("types").EnumerateArray();
        listed.Select(t => (t.GetProperty("type").GetString(), t.GetProperty("schema_version").GetInt32()))
            .Should().BeEquivalentTo([
                (Sent, 8), ("com.twilio.taskrouter.task.created", 4), ("com.twilio.voice.webhook.status-callback.call.ringing", 2)]);
        (await _streams.House.Rest.EntriesAsync("warning")).Should().ContainSingle()
            .Which.ToJson().Should().Contain("com.twilio.taskrouter.task.created").And.NotContain(Sent);
    }

    [Fact]
    public async Task Every_type_has_a_schema_whose_newest_version_there_is()
    {
        var types = (await _streams.GetAsync("/v1/Types?PageSize=500")).Json.GetProperty("types").EnumerateArray().ToList();
        types.Should().HaveCountGreaterThan(150);
        foreach (var schema in types.Select(t => t.GetProperty("schema_id").GetString()!).Distinct())
        {
            var latest = (await _streams.GetAsync($"/v1/Schemas/{schema}")).Json.GetProperty("latest_version").GetInt32();
            (await _streams.GetAsync($"/v1/Schemas/{schema}/Versions/{latest}"))["raw"].Should().EndWith($"/{schema}/{latest}");
        }
    }

    [Fact]
    public async Task More_events_than_may_wait_are_dropped_each_in_the_journal_and_with_one_warning()
    {
        await _streams.SubscribeAsync(await _streams.SinkAsync(), Sent);
        _streams.House.App.On("/events", new AppAnswer(500, null, ""));
        for (var i = 0; i < 6; i++) await _streams.House.PostAsync($"hello {i}");
        await _streams.House.AdvanceAsync(20);
        (await _streams.House.Rest.EntriesAsync("event.dropped")).Should().HaveCount(3);
        var told = (await _streams.House.Rest.EntriesAsync("warning")).Select(MessagingHouse.Data)
            .Select(d => d.GetProperty("warning").GetString());
        told.Where(w => w!.StartsWith("events are dropped")).Should().ContainSingle();
    }

    private async Task<List<string?>> ListedAsync(string query) =>
    [
        .. (await _streams.GetAsync($"/v1/Sinks?{query}")).Json.GetProperty("sinks").EnumerateArray()
        .Select(s => s.GetProperty("sid").GetString()),
    ];
}
