using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Commands;
using TwilioEmu.Composition;
using TwilioEmu.Hosting;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Testing.Files;

namespace TwilioEmu.Tests.Hosting;

/// <summary>An emulator with <c>--data</c> that is stopped and started again, as its users see it.</summary>
public sealed class DataTests : IDisposable
{
    private const string Account = OpenHouse.Account;
    private readonly string _folder = Directory.CreateTempSubdirectory("data-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_world_that_was_stopped_halfway_ends_as_one_that_was_not()
    {
        var stopped = await Story(_folder, restarts: true);
        var whole = await Story(null, restarts: false);
        stopped.Should().Equal(whole);
        whole.Should().HaveCount(24).And.OnlyContain(m => m.Contains("delivered", StringComparison.Ordinal) || m.Contains("canceled", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_page_names_everything_that_is_not_kept()
    {
        var page = await File.ReadAllTextAsync(Repository.At("docs", "data.md"));
        Transients.All.Should().OnlyContain(t => page.Contains($"- {t}\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Numbers_keys_services_and_settings_are_there_again_and_the_pages_of_before_go_on()
    {
        string next, service;
        await using (var server = await StartAsync(_folder))
        {
            using var client = Client(server);
            for (var i = 0; i < 5; i++) await PostAsync(client, "Messages.json", ("To", "+14155550199"), ("From", "+14155550100"), ("Body", $"{i}"));
            next = (await GetAsync(client, "Messages.json?PageSize=2")).GetProperty("next_page_uri").GetString()!;
            var number = (await GetAsync(client, "IncomingPhoneNumbers.json")).GetProperty("incoming_phone_numbers")[0].GetProperty("sid").GetString();
            await PostAsync(client, $"IncomingPhoneNumbers/{number}.json", ("FriendlyName", "Front desk"));
            service = (await PostAsync(client, "/messaging/v1/Services", ("FriendlyName", "Notices"))).GetProperty("sid").GetString()!;
            await PostAsync(client, $"/messaging/v1/Services/{service}/PhoneNumbers", ("PhoneNumberSid", number!));
        }
        await using (var server = await StartAsync(_folder))
        {
            using var client = Client(server);
            (await GetAsync(client, next)).GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("body").GetString()).Should().Equal("2", "1");
            (await GetAsync(client, "IncomingPhoneNumbers.json")).GetProperty("incoming_phone_numbers").EnumerateArray().Single().GetProperty("friendly_name").GetString().Should().Be("Front desk");
            var message = await PostAsync(client, "Messages.json", ("To", "+14155550199"), ("MessagingServiceSid", service), ("Body", "by service"));
            await server.House.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(30));
            (await GetAsync(client, $"Messages/{message.GetProperty("sid").GetString()}.json")).GetProperty("from").GetString().Should().Be("+14155550100");
        }
    }

    [Fact]
    public async Task A_call_that_went_on_ends_as_failed_and_the_journal_says_why()
    {
        string sid;
        await using (var server = await StartAsync(_folder))
        {
            using var client = Client(server);
            sid = (await PostAsync(client, "Calls.json", ("To", "+14155550199"), ("From", "+14155550100"), ("Twiml", "<Response><Pause length=\"600\"/></Response>"))).GetProperty("sid").GetString()!;
            await server.House.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(20));
            (await GetAsync(client, $"Calls/{sid}.json")).GetProperty("status").GetString().Should().Be("in-progress");
        }
        await using (var server = await StartAsync(_folder))
        {
            using var client = Client(server);
            (await GetAsync(client, $"Calls/{sid}.json")).GetProperty("status").GetString().Should().Be("failed");
            server.House.World.Journal.After(0).Where(e => e.Subject == sid).Select(e => e.Kind).Should().EndWith("call.failed").And.Contain("call.interrupted");
        }
    }

    [Fact]
    public async Task Reset_begins_anew_in_the_folder_too()
    {
        await using (var server = await StartAsync(_folder))
        {
            using var client = Client(server);
            await PostAsync(client, "Messages.json", ("To", "+14155550199"), ("From", "+14155550100"), ("Body", "x"));
            await server.ResetAsync();
            (await GetAsync(client, "Messages.json")).GetProperty("messages").GetArrayLength().Should().Be(0);
            await PostAsync(client, "Messages.json", ("To", "+14155550199"), ("From", "+14155550100"), ("Body", "after"));
        }
        await using (var server = await StartAsync(_folder))
        {
            using var client = Client(server);
            (await GetAsync(client, "Messages.json")).GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("body").GetString()).Should().Equal("after");
        }
    }

    [Fact]
    public async Task What_is_lost_is_said_at_every_start_that_goes_on()
    {
        await using (await StartAsync(_folder)) { }
        await using var server = await StartAsync(_folder);
        server.House.World.Journal.After(0).Should().Contain(e => e.Kind == "world.resumed" && e.ToJson().Contains("SIP registrations", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_world_that_is_carried_elsewhere_goes_on_to_the_same_journal(bool isKeptThere)
    {
        await using var here = await StartAsync(null);
        using var client = Client(here);
        await FillAsync(client, here);
        await here.House.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(7.3));
        var lines = await client.GetByteArrayAsync("/_emu/v1/world");
        var from = here.House.World.Journal.LastSeq;
        await using var there = await StartAsync(isKeptThere ? _folder : null, seed: 99);
        using var other = Client(there);
        using (var answer = await other.PutAsync("/_emu/v1/world", Lines(Encoding.UTF8.GetString(lines))))
        {
            var text = await answer.Content.ReadAsStringAsync();
            answer.IsSuccessStatusCode.Should().BeTrue(text);
            JsonElement.Parse(text).GetProperty("lost").EnumerateArray().Should().NotBeEmpty();
        }
        there.House.World.Journal.After(0).Select(e => e.ToJson()).Should().Equal(here.House.World.Journal.After(0).TakeWhile(e => e.Seq <= from).Select(e => e.ToJson()));
        foreach (var (server, visitor) in (IEnumerable<(EmulatorServer, HttpClient)>)[(here, client), (there, other)])
        {
            await PostAsync(visitor, "Messages.json", ("To", "+14155550198"), ("From", "+14155550100"), ("Body", "one more"));
            await server.House.World.Clock.AdvanceAsync(TimeSpan.FromHours(1));
        }
        var went = here.House.World.Journal.After(from).Select(e => e.ToJson()).ToList();
        went.Should().HaveCountGreaterThan(50);
        there.House.World.Journal.After(from).Select(e => e.ToJson()).Should().Equal(went);
    }

    [Fact]
    public async Task Lines_that_are_no_world_change_nothing()
    {
        await using var server = await StartAsync(_folder);
        using var client = Client(server);
        await PostAsync(client, "Messages.json", ("To", "+14155550199"), ("From", "+14155550100"), ("Body", "still here"));
        var lines = Encoding.UTF8.GetString(await client.GetByteArrayAsync("/_emu/v1/world"));
        foreach (var wrong in (string[])["", "{}", "hello", lines[..^30], lines.Replace("\"form\":\"message\"", "\"form\":\"massage\"", StringComparison.Ordinal)])
        {
            using var answer = await client.PutAsync("/_emu/v1/world", Lines(wrong));
            ((int)answer.StatusCode).Should().Be(400, wrong);
        }
        (await GetAsync(client, "Messages.json")).GetProperty("messages").EnumerateArray().Single().GetProperty("body").GetString().Should().Be("still here");
    }

    [Fact]
    public async Task A_folder_s_world_is_exported_and_imported_into_another_by_the_commands()
    {
        var (file, other) = (Path.Combine(_folder, "world.jsonl"), Path.Combine(_folder, "other"));
        List<string> before;
        await using (var server = await StartAsync(Path.Combine(_folder, "one")))
        {
            using var client = Client(server);
            await FillAsync(client, server);
            (await RunAsync("export", "--data", Path.Combine(_folder, "one"))).Should().Be(2, "another process has the folder");
            before = await MessagesAsync(client);
        }
        (await RunAsync("export", "--data", Path.Combine(_folder, "one"), "--out", file)).Should().Be(0);
        (await RunAsync("import", file, "--data", other)).Should().Be(0);
        (await RunAsync("import", file, "--data", other)).Should().Be(2, "there is a world already");
        await using (var server = await StartAsync(other))
        {
            using var client = Client(server);
            (await MessagesAsync(client)).Should().Equal(before);
        }
    }

    [Fact]
    public async Task What_was_due_of_registrations_approvals_senders_exports_verifications_conversations_and_usage_comes_at_its_instant()
    {
        var stopped = await DueAsync(_folder, restarts: true);
        var whole = await DueAsync(null, restarts: false);
        // What is due at one instant may come in another order.
        stopped.Except(whole).Should().BeEmpty();
        stopped.Order(StringComparer.Ordinal).Should().Equal(whole.Order(StringComparer.Ordinal));
        whole.Should().HaveCountGreaterThan(8).And.Contain(e => e.Contains("export", StringComparison.Ordinal)).And.Contain(e => e.Contains("expired", StringComparison.Ordinal))
            .And.Contain(e => e.Contains("usage_trigger.fired", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Conversations_sleep_and_close_and_documents_of_Sync_go_when_they_would_have()
    {
        string conversation, message, documents;
        await using (var server = await StartAsync(_folder))
        {
            using var client = Client(server);
            conversation = "/conversations/v1/Conversations/" + (await PostAsync(client, "/conversations/v1/Conversations", ("Timers.Inactive", "PT2M"), ("Timers.Closed", "PT20M"))).GetProperty("sid").GetString();
            message = conversation + "/Messages/" + (await PostAsync(client, conversation + "/Messages", ("Body", "gone again"))).GetProperty("sid").GetString();
            (await client.DeleteAsync(message)).IsSuccessStatusCode.Should().BeTrue();
            documents = $"/sync/v1/Services/{(await PostAsync(client, "/sync/v1/Services", ("FriendlyName", "Ours"))).GetProperty("sid").GetString()}/Documents";
            await PostAsync(client, documents, ("UniqueName", "short"), ("Data", "{}"), ("Ttl", "120"));
            await server.House.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(60));
        }
        await using (var server = await StartAsync(_folder))
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
            (await PostAsync(client, conversation + "/Messages", ("Body", "awake"))).GetProperty("index").GetInt32().Should().Be(1, "a number is not given again");
            (await StateAfterAsync(119)).Should().Be("active");
            (await StateAfterAsync(1)).Should().Be("inactive", "the timers that began anew are those of before");
            (await StateAfterAsync(1080)).Should().Be("closed");
        }
    }

    [Fact]
    public async Task Texts_that_wait_and_one_that_the_app_is_being_asked_about_reach_it_after_a_restart()
    {
        const string Asked = "+14155550100";
        var app = new ToldApp { Hangs = true };
        await using (var server = await StartAsync(_folder, app: app))
        {
            using var client = Client(server);
            var number = (await GetAsync(client, "IncomingPhoneNumbers.json")).GetProperty("incoming_phone_numbers")[0].GetProperty("sid").GetString();
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
        await using (var server = await StartAsync(_folder, app: app))
        {
            await server.House.World.Loop.RunAsync(() => server.House.Handsets.Text("+14155550199", Asked, "late", []), CancellationToken.None);
            await server.House.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(5));
            app.Told.Select(t => t["Body"]).Order(StringComparer.Ordinal).Should().Equal([.. Enumerable.Range(0, 600).Select(i => $"{i}").Append("late").Order(StringComparer.Ordinal)], "each is told, none twice");
            app.Told.TakeLast(101).Select(t => t["Body"]).Should().Equal([.. Enumerable.Range(500, 100).Select(i => $"{i}"), "late"], "what waited comes in its order, and what came later behind it");
            await server.House.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(60));
            app.Told.Should().HaveCount(601);
        }
    }

    [Fact]
    public async Task The_end_of_an_interrupted_call_is_told_to_who_asked_for_it()
    {
        var app = new ToldApp();
        await using (var server = await StartAsync(_folder, app: app))
        {
            using var client = Client(server);
            await PostAsync(
                client, "Calls.json", ("To", "+14155550199"), ("From", "+14155550100"), ("Twiml", "<Response><Pause length=\"600\"/></Response>"),
                ("StatusCallback", "http://app.test/status"), ("StatusCallbackEvent", "initiated"), ("StatusCallbackEvent", "completed"));
            await server.House.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(20));
        }
        await using (var server = await StartAsync(_folder, app: app))
        {
            await server.House.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(20));
        }
        app.Told.Select(t => (t["CallStatus"], t["SequenceNumber"])).Should().Equal(("initiated", "0"), ("failed", "1"));
    }

    [Fact]
    public async Task What_the_control_API_has_answered_is_on_the_disk()
    {
        var copy = Path.Combine(_folder, "copy");
        await using (var server = await StartAsync(Path.Combine(_folder, "one")))
        {
            using var client = Client(server);
            using var answer = await client.PostAsync("/_emu/v1/handsets/+14155550199/messages", new StringContent("""{"to":"+14155550100","body":"kept"}""", Encoding.UTF8, "application/json"));
            ((int)answer.StatusCode).Should().Be(201);
            Copy(Path.Combine(_folder, "one"), copy);
        }
        await using (var server = await StartAsync(copy))
        {
            using var client = Client(server);
            (await GetAsync(client, "Messages.json")).GetProperty("messages").EnumerateArray().Single().GetProperty("body").GetString().Should().Be("kept");
        }
    }

    /// <summary>A service, twenty messages in a slow queue with callbacks, some scheduled; a brand that is looked at.</summary>
    private static async Task FillAsync(HttpClient client, EmulatorServer server)
    {
        var service = (await PostAsync(client, "/messaging/v1/Services", ("FriendlyName", "Notices"))).GetProperty("sid").GetString()!;
        var number = (await GetAsync(client, "IncomingPhoneNumbers.json")).GetProperty("incoming_phone_numbers")[0].GetProperty("sid").GetString();
        await PostAsync(client, $"/messaging/v1/Services/{service}/PhoneNumbers", ("PhoneNumberSid", number!));
        for (var i = 0; i < 20; i++) await PostAsync(client, "Messages.json", ("To", "+14155550199"), ("From", "+14155550100"), ("Body", $"{i} \u00fc"), ("StatusCallback", "http://app.test/status"));
        for (var i = 0; i < 4; i++)
        {
            var at = server.House.World.Clock.GetUtcNow().AddMinutes(20 + i).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
            await PostAsync(client, "Messages.json", ("To", "+14155550199"), ("MessagingServiceSid", service), ("ScheduleType", "fixed"), ("SendAt", at), ("Body", $"later {i}"));
        }
        await PostAsync(client, "/messaging/v1/a2p/BrandRegistrations", ("CustomerProfileBundleSid", "BU00000000000000000000000000000001"), ("A2PProfileBundleSid", "BU00000000000000000000000000000002"));
    }

    /// <summary>Begins what comes to something by itself, stopped after half a minute or not; what came of it and when.</summary>
    private static async Task<List<string>> DueAsync(string? folder, bool restarts)
    {
        var server = await StartAsync(folder);
        try
        {
            var client = Client(server);
            await PostAsync(client, "/messaging/v1/a2p/BrandRegistrations", ("CustomerProfileBundleSid", "BU00000000000000000000000000000001"), ("A2PProfileBundleSid", "BU00000000000000000000000000000002"));
            var content = (await PostJsonAsync(client, "/content/v1/Content", """{"friendly_name":"hello","language":"en","types":{"twilio/text":{"body":"Hello there"}}}""")).GetProperty("sid").GetString();
            await PostJsonAsync(client, $"/content/v1/Content/{content}/ApprovalRequests/whatsapp", """{"name":"hello","category":"UTILITY"}""");
            await PostJsonAsync(client, "/messaging/v2/Channels/Senders", """{"sender_id":"whatsapp:+14155550100","profile":{"name":"Shop"}}""");
            await PostJsonAsync(client, "/messaging/v2/Channels/Senders", """{"sender_id":"whatsapp:+14155550177","profile":{"name":"Shop"}}""");
            await PostAsync(client, "/bulkexports/v1/Exports/Messages/Jobs", ("StartDay", "2026-01-01"), ("EndDay", "2026-01-02"), ("FriendlyName", "mine"));
            var verify = (await PostAsync(client, "/verify/v2/Services", ("FriendlyName", "Shop"))).GetProperty("sid").GetString();
            await PostAsync(client, $"/verify/v2/Services/{verify}/Verifications", ("To", "+14155550199"), ("Channel", "sms"));
            await PostAsync(client, "Usage/Triggers.json", ("UsageCategory", "sms"), ("TriggerValue", "1"), ("CallbackUrl", "http://app.test/usage"));
            await PostAsync(client, "Messages.json", ("To", "+14155550199"), ("From", "+14155550100"), ("Body", "x"));
            await PostAsync(client, "/conversations/v1/Conversations", ("Timers.Inactive", "PT1M"), ("Timers.Closed", "PT10M"));
            await server.House.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(30));
            if (restarts)
            {
                await server.DisposeAsync();
                server = await StartAsync(folder);
            }
            await server.House.World.Clock.AdvanceAsync(TimeSpan.FromMinutes(15));
            return [.. server.House.World.Journal.After(0).Where(e => !e.Kind.StartsWith("world.", StringComparison.Ordinal)).Select(e => $"{e.At:O} {e.Kind} {e.Subject}")];
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    /// <summary>The folder as a <c>kill -9</c> would leave it: two looks at it that show the same.</summary>
    private static void Copy(string folder, string to)
    {
        Directory.CreateDirectory(to);
        var files = Directory.GetFiles(folder, "*.db");
        var (seen, bytes) = (Array.ConvertAll(files, ReadAll), Array.ConvertAll(files, ReadAll));
        while (!seen.Zip(bytes).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second))) (seen, bytes) = (bytes, Array.ConvertAll(files, ReadAll));
        for (var i = 0; i < files.Length; i++) File.WriteAllBytes(Path.Combine(to, Path.GetFileName(files[i])), bytes[i]);
    }

    private static byte[] ReadAll(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static StringContent Lines(string lines) => new(lines, Encoding.UTF8, "application/jsonl");

    private static Task<int> RunAsync(params string[] args) => CommandLine.Build().Parse(args).InvokeAsync();

    private static async Task<List<string>> MessagesAsync(HttpClient client) =>
        [.. (await GetAsync(client, "Messages.json?PageSize=100")).GetProperty("messages").EnumerateArray().Select(m => m.GetRawText())];

    private static async Task<JsonElement> PostJsonAsync(HttpClient client, string path, string json)
    {
        using var answer = await client.PostAsync(path, new StringContent(json, Encoding.UTF8, "application/json"));
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.Should().BeTrue(text);
        return JsonElement.Parse(text);
    }

    /// <summary>An app that remembers what it is told.</summary>
    private sealed class ToldApp : HttpMessageHandler
    {
        public List<Dictionary<string, string>> Told { get; } = [];

        /// <summary>True lets nobody have an answer.</summary>
        public bool Hangs { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var form = await request.Content!.ReadAsStringAsync(cancellationToken);
            lock (Told) Told.Add(form.Split('&').Select(p => p.Split('=')).ToDictionary(p => Uri.UnescapeDataString(p[0]), p => Uri.UnescapeDataString(p[1].Replace('+', ' '))));
            if (Hangs) await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return new HttpResponseMessage(System.Net.HttpStatusCode.NoContent);
        }
    }

    /// <summary>Ten messages in a slow queue, some scheduled, one taken back; stopped in the middle or not.</summary>
    private static async Task<List<string>> Story(string? folder, bool restarts)
    {
        var server = await StartAsync(folder);
        try
        {
            var client = Client(server);
            var service = (await PostAsync(client, "/messaging/v1/Services", ("FriendlyName", "Notices"))).GetProperty("sid").GetString()!;
            var number = (await GetAsync(client, "IncomingPhoneNumbers.json")).GetProperty("incoming_phone_numbers")[0].GetProperty("sid").GetString();
            await PostAsync(client, $"/messaging/v1/Services/{service}/PhoneNumbers", ("PhoneNumberSid", number!));
            for (var i = 0; i < 20; i++) await PostAsync(client, "Messages.json", ("To", "+14155550199"), ("From", "+14155550100"), ("Body", $"{i}"));
            var sids = new List<string>();
            for (var i = 0; i < 4; i++)
            {
                var at = server.House.World.Clock.GetUtcNow().AddMinutes(20 + i).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
                sids.Add((await PostAsync(client, "Messages.json", ("To", "+14155550199"), ("MessagingServiceSid", service), ("ScheduleType", "fixed"), ("SendAt", at), ("Body", $"later {i}"))).GetProperty("sid").GetString()!);
            }
            await PostAsync(client, $"Messages/{sids[1]}.json", ("Status", "canceled"));
            await server.House.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(7.3));
            if (restarts)
            {
                await server.DisposeAsync();
                server = await StartAsync(folder);
                client = Client(server);
            }
            await server.House.World.Clock.AdvanceAsync(TimeSpan.FromHours(1));
            var list = await GetAsync(client, "Messages.json?PageSize=100");
            return [.. list.GetProperty("messages").EnumerateArray().Select(m => string.Join(' ', ((string[])["sid", "body", "status", "date_sent", "date_updated", "date_created", "from"]).Select(p => m.GetProperty(p).ToString())))];
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private static Task<EmulatorServer> StartAsync(string? folder, long seed = 1, ToldApp? app = null) => EmulatorServer.StartAsync(
        new WorldConfig
        {
            Accounts = [new AccountSpec { Sid = new(Account), AuthToken = OpenHouse.Token, FriendlyName = "One" }],
            Numbers = [new PhoneNumberSpec { Number = "+14155550100", MessagesPerSecond = 1 }],
        },
        new WorldOptions { Clock = new ClockMode.Manual(), Start = WorldOptions.StoryStart, Seed = seed },
        new Endpoints { DataFolder = folder },
        new Dictionary<string, HttpMessageHandler> { ["http://app.test"] = app ?? new ToldApp() });

    private static HttpClient Client(EmulatorServer server)
    {
        var client = new HttpClient { BaseAddress = new Uri(server.Url), Timeout = OpenHouse.Limit };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Account}:{OpenHouse.Token}")));
        return client;
    }

    private static string At(string path) => path.StartsWith('/') ? path : $"/2010-04-01/Accounts/{Account}/{path}";

    private static async Task<JsonElement> GetAsync(HttpClient client, string path) => JsonElement.Parse(await client.GetStringAsync(At(path)));

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, params (string Name, string Value)[] form)
    {
        using var answer = await client.PostAsync(At(path), new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Value))));
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.Should().BeTrue(text);
        return JsonElement.Parse(text);
    }
}
