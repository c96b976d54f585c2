using System.Globalization;
using System.Text;
using TwilioEmu.Composition;
using TwilioEmu.Testing.Files;

namespace TwilioEmu.Tests.Hosting;

/// <summary>An emulator with <c>--data</c> that is stopped and started again, as its users see it.</summary>
public sealed class RestartTests : KeptHouse
{
    [Fact]
    public async Task A_world_that_was_stopped_halfway_ends_as_one_that_was_not()
    {
        var stopped = await Story(Folder, restarts: true);
        var whole = await Story(null, restarts: false);
        stopped.Should().Equal(whole);
        whole
            .Should().HaveCount(24)
            .And.OnlyContain(m => m.Contains("delivered", StringComparison.Ordinal) || m.Contains("canceled", StringComparison.Ordinal));
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
        await using (var server = await StartAsync(Folder))
        {
            using var client = Client(server);
            for (var i = 0; i < 5; i++)
            {
                await PostAsync(client, "Messages.json", ("To", "+14155550199"), ("From", "+14155550100"), ("Body", $"{i}"));
            }
            next = (await GetAsync(client, "Messages.json?PageSize=2")).GetProperty("next_page_uri").GetString()!;
            var number = (await GetAsync(client, "IncomingPhoneNumbers.json")).GetProperty(
                "incoming_phone_numbers")[0].GetProperty("sid").GetString();
            await PostAsync(client, $"IncomingPhoneNumbers/{number}.json", ("FriendlyName", "Front desk"));
            service = (await PostAsync(client, "/messaging/v1/Services", ("FriendlyName", "Notices"))).GetProperty("sid").GetString()!;
            await PostAsync(client, $"/messaging/v1/Services/{service}/PhoneNumbers", ("PhoneNumberSid", number!));
        }
        await using (var server = await StartAsync(Folder))
        {
            using var client = Client(server);
            (await GetAsync(client, next)).GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("body").GetString())
                .Should().Equal("2", "1");
            (await GetAsync(client, "IncomingPhoneNumbers.json"))
                .GetProperty("incoming_phone_numbers").EnumerateArray().Single()
                .GetProperty("friendly_name").GetString()
                .Should().Be("Front desk");
            var message = await PostAsync(
                client, "Messages.json", ("To", "+14155550199"), ("MessagingServiceSid", service), ("Body", "by service"));
            await server.House.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(30));
            (await GetAsync(client, $"Messages/{message.GetProperty("sid").GetString()}.json")).GetProperty("from").GetString()
                .Should().Be("+14155550100");
        }
    }

    [Fact]
    public async Task A_message_that_came_late_to_its_queue_waits_again_behind_those_that_were_there()
    {
        await using (var server = await StartAsync(Folder))
        {
            using var client = Client(server);
            var clock = server.House.World.Clock;
            var number = (await GetAsync(client, "IncomingPhoneNumbers.json")).GetProperty("incoming_phone_numbers")[0];
            var service = (await PostAsync(client, "/messaging/v1/Services", ("FriendlyName", "Notices"))).GetProperty("sid").GetString()!;
            await PostAsync(
                client, $"/messaging/v1/Services/{service}/PhoneNumbers", ("PhoneNumberSid", number.GetProperty("sid").GetString()!));
            // The oldest of all, and the last but one in its sender's queue.
            var due = clock.GetUtcNow() + TimeSpan.FromMinutes(20);
            await PostAsync(
                client, "Messages.json", ("To", "+14155550199"), ("MessagingServiceSid", service), ("Body", "scheduled"),
                ("ScheduleType", "fixed"), ("SendAt", due.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)));
            await clock.AdvanceAsync(TimeSpan.FromMinutes(20) - TimeSpan.FromSeconds(1));
            Task SendAsync(string body) =>
                PostAsync(client, "Messages.json", ("To", "+14155550199"), ("From", "+14155550100"), ("Body", body));
            for (var i = 0; i < 5; i++) await SendAsync($"{i}");
            await clock.AdvanceAsync(TimeSpan.FromSeconds(2));
            await SendAsync("last");
        }
        await using (var server = await StartAsync(Folder))
        {
            using var client = Client(server);
            await server.House.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(60));
            var messages = (await GetAsync(client, "Messages.json")).GetProperty("messages").EnumerateArray().ToList();
            var sent = server.House.World.Journal.After(0).Where(e => e.Kind == "message.sent").Select(e => e.Subject);
            sent.Select(sid => messages.Single(m => m.GetProperty("sid").GetString() == sid).GetProperty("body").GetString())
                .Should().Equal("0", "1", "2", "3", "4", "scheduled", "last");
        }
    }

    [Fact]
    public async Task A_call_that_went_on_ends_as_failed_and_the_journal_says_why()
    {
        string sid;
        await using (var server = await StartAsync(Folder))
        {
            using var client = Client(server);
            sid = (await PostAsync(
                client, "Calls.json", ("To", "+14155550199"), ("From", "+14155550100"),
                ("Twiml", "<Response><Pause length=\"600\"/></Response>"))).GetProperty("sid").GetString()!;
            await server.House.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(20));
            (await GetAsync(client, $"Calls/{sid}.json")).GetProperty("status").GetString().Should().Be("in-progress");
        }
        await using (var server = await StartAsync(Folder))
        {
            using var client = Client(server);
            (await GetAsync(client, $"Calls/{sid}.json")).GetProperty("status").GetString().Should().Be("failed");
            server.House.World.Journal.After(0)
                .Where(e => e.Subject == sid)
                .Select(e => e.Kind)
                .Should().EndWith("call.failed")
                .And.Contain("call.interrupted");
        }
    }

    [Fact]
    public async Task The_end_of_an_interrupted_call_is_told_to_who_asked_for_it()
    {
        var app = new ToldApp();
        await using (var server = await StartAsync(Folder, app: app))
        {
            using var client = Client(server);
            await PostAsync(
                client, "Calls.json", ("To", "+14155550199"), ("From", "+14155550100"),
                ("Twiml", "<Response><Pause length=\"600\"/></Response>"),
                ("StatusCallback", "http://app.test/status"), ("StatusCallbackEvent", "initiated"), ("StatusCallbackEvent", "completed"));
            await server.House.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(20));
        }
        await using (var server = await StartAsync(Folder, app: app))
        {
            await server.House.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(20));
        }
        app.Told.Select(t => (t["CallStatus"], t["SequenceNumber"])).Should().Equal(("initiated", "0"), ("failed", "1"));
    }

    [Fact]
    public async Task A_reset_begins_anew_in_the_folder_too()
    {
        await using (var server = await StartAsync(Folder))
        {
            using var client = Client(server);
            await PostAsync(client, "Messages.json", ("To", "+14155550199"), ("From", "+14155550100"), ("Body", "x"));
            await server.ResetAsync();
            (await GetAsync(client, "Messages.json")).GetProperty("messages").GetArrayLength().Should().Be(0);
            await PostAsync(client, "Messages.json", ("To", "+14155550199"), ("From", "+14155550100"), ("Body", "after"));
        }
        await using (var server = await StartAsync(Folder))
        {
            using var client = Client(server);
            (await GetAsync(client, "Messages.json")).GetProperty("messages").EnumerateArray()
                .Select(m => m.GetProperty("body").GetString())
                .Should().Equal("after");
        }
    }

    [Fact]
    public async Task What_is_lost_is_said_at_every_start_that_goes_on()
    {
        await using (await StartAsync(Folder)) { }
        await using var server = await StartAsync(Folder);
        server.House.World.Journal.After(0)
            .Should().Contain(e => e.Kind == "world.resumed" && e.ToJson().Contains("SIP registrations", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_control_API_has_answered_is_on_the_disk()
    {
        var copy = Path.Combine(Folder, "copy");
        await using (var server = await StartAsync(Path.Combine(Folder, "one")))
        {
            using var client = Client(server);
            using var answer = await client.PostAsync(
                "/_emu/v1/handsets/+14155550199/messages",
                new StringContent("""{"to":"+14155550100","body":"kept"}""", Encoding.UTF8, "application/json"));
            ((int)answer.StatusCode).Should().Be(201);
            Copy(Path.Combine(Folder, "one"), copy);
        }
        await using (var server = await StartAsync(copy))
        {
            using var client = Client(server);
            (await GetAsync(client, "Messages.json")).GetProperty("messages").EnumerateArray().Single().GetProperty("body").GetString()
                .Should().Be("kept");
        }
    }

    /// <summary>The folder as a <c>kill -9</c> would leave it: two looks at it that show the same.</summary>
    private static void Copy(string folder, string to)
    {
        Directory.CreateDirectory(to);
        var files = Directory.GetFiles(folder, "*.db");
        var (seen, bytes) = (Array.ConvertAll(files, ReadAll), Array.ConvertAll(files, ReadAll));
        while (!seen.Zip(bytes).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second)))
        {
            (seen, bytes) = (bytes, Array.ConvertAll(files, ReadAll));
        }
        for (var i = 0; i < files.Length; i++) File.WriteAllBytes(Path.Combine(to, Path.GetFileName(files[i])), bytes[i]);
    }

    private static byte[] ReadAll(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>Ten messages in a slow queue, some scheduled, one taken back; stopped in the middle or not.</summary>
    private static async Task<List<string>> Story(string? folder, bool restarts)
    {
        var server = await StartAsync(folder);
        try
        {
            var client = Client(server);
            var service = (await PostAsync(client, "/messaging/v1/Services", ("FriendlyName", "Notices"))).GetProperty("sid").GetString()!;
            var number = (await GetAsync(client, "IncomingPhoneNumbers.json")).GetProperty(
                "incoming_phone_numbers")[0].GetProperty("sid").GetString();
            await PostAsync(client, $"/messaging/v1/Services/{service}/PhoneNumbers", ("PhoneNumberSid", number!));
            for (var i = 0; i < 20; i++)
            {
                await PostAsync(client, "Messages.json", ("To", "+14155550199"), ("From", "+14155550100"), ("Body", $"{i}"));
            }
            var sids = new List<string>();
            for (var i = 0; i < 4; i++)
            {
                var at = server.House.World.Clock.GetUtcNow().AddMinutes(20 + i)
                    .ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
                sids.Add((await PostAsync(
                    client, "Messages.json", ("To", "+14155550199"), ("MessagingServiceSid", service), ("ScheduleType", "fixed"),
                    ("SendAt", at), ("Body", $"later {i}"))).GetProperty("sid").GetString()!);
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
            return
            [
                .. list.GetProperty("messages").EnumerateArray()
                    .Select(m =>
                        string.Join(
                            ' ',
                            ((string[])["sid", "body", "status", "date_sent", "date_updated", "date_created", "from"])
                                .Select(p => m.GetProperty(p).ToString()))),
            ];
        }
        finally
        {
            await server.DisposeAsync();
        }
    }
}
