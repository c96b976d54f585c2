using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
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

    private static Task<EmulatorServer> StartAsync(string? folder) => EmulatorServer.StartAsync(
        new WorldConfig
        {
            Accounts = [new AccountConfig(Account, OpenHouse.Token, "One")],
            Numbers = [new NumberConfig { Number = "+14155550100", MessagesPerSecond = 1 }],
        },
        new WorldOptions { Clock = new ClockMode.Manual(), Start = WorldOptions.StoryStart },
        new Endpoints { DataFolder = folder });

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
