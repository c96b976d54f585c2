using System.Text.Json;

namespace TwilioEmu.Tests.Hosting;

/// <summary>What an emulator with <c>--data</c> was about to do when it was stopped is done at its instant by the next.</summary>
public sealed class DueTests : KeptHouse
{
    [Fact]
    public async Task What_was_due_of_registrations_approvals_senders_exports_verifications_conversations_and_usage_comes_at_its_instant()
    {
        var stopped = await DueAsync(Folder, restarts: true);
        var whole = await DueAsync(null, restarts: false);
        // What is due at one instant may come in another order.
        stopped.Except(whole).Should().BeEmpty();
        stopped.Order(StringComparer.Ordinal).Should().Equal(whole.Order(StringComparer.Ordinal));
        whole
            .Should().HaveCountGreaterThan(8)
            .And.Contain(e => e.Contains("export", StringComparison.Ordinal))
            .And.Contain(e => e.Contains("expired", StringComparison.Ordinal))
            .And.Contain(e => e.Contains("usage_trigger.fired", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Conversations_sleep_and_close_and_documents_of_Sync_go_when_they_would_have()
    {
        string conversation, message, documents;
        await using (var server = await StartAsync(Folder))
        {
            using var client = Client(server);
            conversation = "/conversations/v1/Conversations/"
                + (await PostAsync(client, "/conversations/v1/Conversations", ("Timers.Inactive", "PT2M"), ("Timers.Closed", "PT20M")))
                    .GetProperty("sid").GetString();
            message = conversation + "/Messages/" + (await PostAsync(client, conversation + "/Messages", ("Body", "gone again")))
                .GetProperty("sid").GetString();
            (await client.DeleteAsync(message)).IsSuccessStatusCode.Should().BeTrue();
            documents = $"/sync/v1/Services/{(await PostAsync(client, "/sync/v1/Services", ("FriendlyName", "Ours"))).GetProperty("sid").GetString()}/Documents";
            await PostAsync(client, documents, ("UniqueName", "short"), ("Data", "{}"), ("Ttl", "120"));
            await server.House.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(60));
        }
        await using (var server = await StartAsync(Folder))
        {
            using var client = Client(server);
            async Task<string?> StateAfterAsync(double seconds)
            {
                await server.House.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(seconds));
                return (await GetAsync(client, conversation)).GetProperty("state").GetString();
            }
            (await StateAfterAsync(59)).Should().Be("active");
            (await client.GetAsync(documents + "/short")).IsSuccessStatusCode.Should().BeTrue();
            (await StateAfterAsync(1)).Should().Be("inactive");
            (await client.GetAsync(documents + "/short")).IsSuccessStatusCode.Should().BeFalse();
            (await PostAsync(client, conversation + "/Messages", ("Body", "awake"))).GetProperty("index").GetInt32()
                .Should().Be(1, "a number is not given again");
            (await StateAfterAsync(119)).Should().Be("active");
            (await StateAfterAsync(1)).Should().Be("inactive", "the timers that began anew are those of before");
            (await StateAfterAsync(1080)).Should().Be("closed");
        }
    }

    [Fact]
    public async Task Events_that_wait_for_their_sink_reach_it_after_a_restart_each_once()
    {
        var app = new ToldApp();
        await using (var server = await StartAsync(Folder, app: app))
        {
            using var client = Client(server);
            var sink = (await PostAsync(
                client, "/events/v1/Sinks", ("Description", "ours"), ("SinkType", "webhook"),
                ("SinkConfiguration", """{"destination":"http://app.test/events"}"""))).GetProperty("sid").GetString()!;
            using var subscribed = await client.PostAsync("/events/v1/Subscriptions", new FormUrlEncodedContent(
            [
                new("Description", "ours"), new("SinkSid", sink), new("Types", """{"type":"com.twilio.messaging.message.sent"}"""),
                new("Types", """{"type":"com.twilio.messaging.message.delivered"}"""),
            ]));
            subscribed.IsSuccessStatusCode.Should().BeTrue();
            await PostAsync(client, "Messages.json", ("To", "+14155550199"), ("From", "+14155550100"), ("Body", "hello"));
            await server.House.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(1.5));
            app.Told.Should().BeEmpty();
        }
        await using (var server = await StartAsync(Folder, app: app))
        {
            await server.House.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(60));
            app.Told.Select(t => JsonElement.Parse(t["json"]).GetProperty("type").GetString())
                .Should().BeEquivalentTo("com.twilio.messaging.message.sent", "com.twilio.messaging.message.delivered");
        }
    }

    [Fact]
    public async Task Texts_that_wait_and_one_that_the_app_is_being_asked_about_reach_it_after_a_restart()
    {
        const string Asked = "+14155550100";
        var app = new ToldApp { Hangs = true };
        await using (var server = await StartAsync(Folder, app: app))
        {
            using var client = Client(server);
            var number = (await GetAsync(client, "IncomingPhoneNumbers.json")).GetProperty(
                "incoming_phone_numbers")[0].GetProperty("sid").GetString();
            await PostAsync(client, $"IncomingPhoneNumbers/{number}.json", ("SmsUrl", "http://app.test/sms"));
            await server.House.World.Loop.RunAsync(
                () =>
                {
                    for (var i = 0; i < 600; i++) server.House.Handsets.Text("+14155550199", Asked, $"{i}", []);
                },
                CancellationToken.None);
        }
        app.Told.Clear();
        app.Hangs = false;
        await using (var server = await StartAsync(Folder, app: app))
        {
            await server.House.World.Loop.RunAsync(
                () => server.House.Handsets.Text("+14155550199", Asked, "late", []), CancellationToken.None);
            await server.House.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(5));
            app.Told.Select(t => t["Body"])
                .Order(StringComparer.Ordinal)
                .Should().Equal(
                    [.. Enumerable.Range(0, 600).Select(i => $"{i}").Append("late").Order(StringComparer.Ordinal)],
                    "each is told, none twice");
            app.Told.TakeLast(101)
                .Select(t => t["Body"])
                .Should().Equal(
                    [.. Enumerable.Range(500, 100).Select(i => $"{i}"), "late"],
                    "what waited comes in its order, and what came later behind it");
            await server.House.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(60));
            app.Told.Should().HaveCount(601);
        }
    }

    /// <summary>Begins what comes to something by itself, stopped after half a minute or not; what came of it and when.</summary>
    private static async Task<List<string>> DueAsync(string? folder, bool restarts)
    {
        var server = await StartAsync(folder);
        try
        {
            var client = Client(server);
            await PostAsync(
                client, "/messaging/v1/a2p/BrandRegistrations", ("CustomerProfileBundleSid", "BU00000000000000000000000000000001"),
                ("A2PProfileBundleSid", "BU00000000000000000000000000000002"));
            var content = (
                await PostJsonAsync(
                    client, "/content/v1/Content",
                    """{"friendly_name":"hello","language":"en","types":{"twilio/text":{"body":"Hello there"}}}"""))
                        .GetProperty("sid").GetString();
            await PostJsonAsync(
                client, $"/content/v1/Content/{content}/ApprovalRequests/whatsapp", """{"name":"hello","category":"UTILITY"}""");
            await PostJsonAsync(
                client, "/messaging/v2/Channels/Senders", """{"sender_id":"whatsapp:+14155550100","profile":{"name":"Shop"}}""");
            await PostJsonAsync(
                client, "/messaging/v2/Channels/Senders", """{"sender_id":"whatsapp:+14155550177","profile":{"name":"Shop"}}""");
            await PostAsync(
                client, "/bulkexports/v1/Exports/Messages/Jobs", ("StartDay", "2026-01-01"), ("EndDay", "2026-01-02"),
                ("FriendlyName", "mine"));
            var verify = (await PostAsync(client, "/verify/v2/Services", ("FriendlyName", "Shop"))).GetProperty("sid").GetString();
            await PostAsync(client, $"/verify/v2/Services/{verify}/Verifications", ("To", "+14155550199"), ("Channel", "sms"));
            await PostAsync(
                client, "Usage/Triggers.json", ("UsageCategory", "sms"), ("TriggerValue", "1"), ("CallbackUrl", "http://app.test/usage"));
            await PostAsync(client, "Messages.json", ("To", "+14155550199"), ("From", "+14155550100"), ("Body", "x"));
            await PostAsync(client, "/conversations/v1/Conversations", ("Timers.Inactive", "PT1M"), ("Timers.Closed", "PT10M"));
            await server.House.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(30));
            if (restarts)
            {
                await server.DisposeAsync();
                server = await StartAsync(folder);
            }
            await server.House.World.Clock.AdvanceAsync(TimeSpan.FromMinutes(15));
            return
            [
                .. server.House.World.Journal.After(0)
                    .Where(e => !e.Kind.StartsWith("world.", StringComparison.Ordinal))
                    .Select(e => $"{e.At:O} {e.Kind} {e.Subject}"),
            ];
        }
        finally
        {
            await server.DisposeAsync();
        }
    }
}
