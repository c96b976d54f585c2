using System.Text;
using System.Text.Json;
using TwilioEmu.Commands;
using TwilioEmu.Hosting;

namespace TwilioEmu.Tests.Hosting;

/// <summary>A world that is carried elsewhere as lines, by the control API and by the commands.</summary>
public sealed class CarriedWorldTests : KeptHouse
{
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
        await using var there = await StartAsync(isKeptThere ? Folder : null, seed: 99);
        using var other = Client(there);
        using (var answer = await other.PutAsync("/_emu/v1/world", Lines(Encoding.UTF8.GetString(lines))))
        {
            var text = await answer.Content.ReadAsStringAsync();
            answer.IsSuccessStatusCode.Should().BeTrue(text);
            JsonElement.Parse(text).GetProperty("lost").EnumerateArray().Should().NotBeEmpty();
        }
        there.House.World.Journal.After(0)
            .Select(e => e.ToJson())
            .Should().Equal(here.House.World.Journal.After(0).TakeWhile(e => e.Seq <= from).Select(e => e.ToJson()));
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
        await using var server = await StartAsync(Folder);
        using var client = Client(server);
        await PostAsync(client, "Messages.json", ("To", "+14155550199"), ("From", "+14155550100"), ("Body", "still here"));
        var lines = Encoding.UTF8.GetString(await client.GetByteArrayAsync("/_emu/v1/world"));
        foreach (var wrong in (string[])[
            "", "{}", "hello", lines[..^30], lines.Replace("\"form\":\"message\"", "\"form\":\"massage\"", StringComparison.Ordinal)])
        {
            using var answer = await client.PutAsync("/_emu/v1/world", Lines(wrong));
            ((int)answer.StatusCode).Should().Be(400, wrong);
        }
        (await GetAsync(client, "Messages.json")).GetProperty("messages").EnumerateArray().Single().GetProperty("body").GetString()
            .Should().Be("still here");
    }

    [Fact]
    public async Task A_folders_world_is_exported_and_imported_into_another_by_the_commands()
    {
        var (file, other) = (Path.Combine(Folder, "world.jsonl"), Path.Combine(Folder, "other"));
        List<string> before;
        await using (var server = await StartAsync(Path.Combine(Folder, "one")))
        {
            using var client = Client(server);
            await FillAsync(client, server);
            (await RunAsync("export", "--data", Path.Combine(Folder, "one"))).Should().Be(2, "another process has the folder");
            before = await MessagesAsync(client);
        }
        (await RunAsync("export", "--data", Path.Combine(Folder, "one"), "--out", file)).Should().Be(0);
        (await RunAsync("import", file, "--data", other)).Should().Be(0);
        (await RunAsync("import", file, "--data", other)).Should().Be(2, "there is a world already");
        await using (var server = await StartAsync(other))
        {
            using var client = Client(server);
            (await MessagesAsync(client)).Should().Equal(before);
        }
    }

    /// <summary>A service, twenty messages in a slow queue with callbacks, some scheduled; a brand that is looked at.</summary>
    private static async Task FillAsync(HttpClient client, EmulatorServer server)
    {
        var service = (await PostAsync(client, "/messaging/v1/Services", ("FriendlyName", "Notices"))).GetProperty("sid").GetString()!;
        var number = (await GetAsync(client, "IncomingPhoneNumbers.json")).GetProperty(
            "incoming_phone_numbers")[0].GetProperty("sid").GetString();
        await PostAsync(client, $"/messaging/v1/Services/{service}/PhoneNumbers", ("PhoneNumberSid", number!));
        for (var i = 0; i < 20; i++)
        {
            await PostAsync(
                client, "Messages.json", ("To", "+14155550199"), ("From", "+14155550100"), ("Body", $"{i} \u00fc"),
                ("StatusCallback", "http://app.test/status"));
        }
        for (var i = 0; i < 4; i++)
        {
            var at = server.House.World.Clock.GetUtcNow().AddMinutes(20 + i)
                .ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
            await PostAsync(
                client, "Messages.json", ("To", "+14155550199"), ("MessagingServiceSid", service), ("ScheduleType", "fixed"),
                ("SendAt", at), ("Body", $"later {i}"));
        }
        await PostAsync(
            client, "/messaging/v1/a2p/BrandRegistrations", ("CustomerProfileBundleSid", "BU00000000000000000000000000000001"),
            ("A2PProfileBundleSid", "BU00000000000000000000000000000002"));
    }

    private static StringContent Lines(string lines) => new(lines, Encoding.UTF8, "application/jsonl");

    private static Task<int> RunAsync(params string[] args) => CommandLine.Build().Parse(args).InvokeAsync();

    private static async Task<List<string>> MessagesAsync(HttpClient client) =>
        [.. (await GetAsync(client, "Messages.json?PageSize=100")).GetProperty("messages").EnumerateArray().Select(m => m.GetRawText())];
}
