using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_world_that_cannot_go_on_here_takes_no_other_worlds_place(bool isKept)
    {
        var folder = isKept ? Folder : null;
        await using (var server = await StartAsync(folder))
        {
            using var client = Client(server);
            await PostAsync(client, "Messages.json", ("To", "+14155550199"), ("From", "+14155550100"), ("Body", "before"));
            var lines = Encoding.UTF8.GetString(await client.GetByteArrayAsync("/_emu/v1/world")).Split('\n');
            var place = Array.FindIndex(lines, l => l.Contains("\"name\":\"chance/sids\"", StringComparison.Ordinal));
            lines[place] = """{"part":{"name":"chance/sids","packed":"AA=="}}""";
            using (var answer = await client.PutAsync("/_emu/v1/world", Lines(string.Join('\n', lines))))
            {
                ((int)answer.StatusCode).Should().Be(400);
                (await answer.Content.ReadAsStringAsync()).Should().Contain("cannot go on here");
            }
            (await BodiesAsync(client)).Should().Equal("before");
            await PostAsync(client, "Messages.json", ("To", "+14155550199"), ("From", "+14155550100"), ("Body", "after"));
        }
        if (!isKept) return;
        Directory.EnumerateFiles(Folder).Select(Path.GetFileName).Should().NotContain(f => f!.Contains("before") || f.Contains("import"));
        await using var again = await StartAsync(Folder);
        using var next = Client(again);
        (await BodiesAsync(next)).Should().Equal("after", "before");
    }

    [Fact]
    public async Task Where_a_process_ended_while_it_imported_the_world_before_is_there_again()
    {
        await using (var server = await StartAsync(Folder))
        {
            using var client = Client(server);
            await PostAsync(client, "Messages.json", ("To", "+14155550199"), ("From", "+14155550100"), ("Body", "before"));
        }
        var file = Path.Combine(Folder, "twilioemu.db");
        File.Move(file, file + ".before");
        await File.WriteAllTextAsync(file, "half of an imported one");
        await using var again = await StartAsync(Folder);
        using var next = Client(again);
        (await BodiesAsync(next)).Should().Equal("before");
    }

    [Theory]
    [InlineData("\"last_seq\":", "\"last_seq\":9223372036854775807,\"was\":")]
    [InlineData("\"last_seq\":", "\"last_seq\":-1,\"was\":")]
    [InlineData("\"at\":\"2026", "\"at\":\"9999")]
    [InlineData("\"at\":\"2026", "\"at\":\"0001")]
    [InlineData("\"subject\":\"", "\"subject\":\"\\ud800")]
    [InlineData("\"data\":{", "\"data\":{\"x\":\"\\ud800\",")]
    [InlineData("\"table\":\"messages\"", "\"table\":\"accounts\"")]
    public async Task A_world_that_was_changed_by_hand_into_what_cannot_be_is_refused_with_its_line(string was, string becomes)
    {
        await using var server = await StartAsync(null);
        using var client = Client(server);
        await PostAsync(client, "Messages.json", ("To", "+14155550199"), ("From", "+14155550100"), ("Body", "x"));
        var lines = Encoding.UTF8.GetString(await client.GetByteArrayAsync("/_emu/v1/world"));
        var place = lines.IndexOf(was, StringComparison.Ordinal);
        place.Should().BePositive();
        using var answer = await client.PutAsync("/_emu/v1/world", Lines(lines[..place] + becomes + lines[(place + was.Length)..]));
        ((int)answer.StatusCode).Should().Be(400);
        (await answer.Content.ReadAsStringAsync()).Should().Contain($"line {lines[..place].Count(c => c == '\n') + 1} ");
    }

    [Fact]
    public async Task A_record_that_stands_twice_is_refused()
    {
        await using var server = await StartAsync(null);
        using var client = Client(server);
        await PostAsync(client, "Messages.json", ("To", "+14155550199"), ("From", "+14155550100"), ("Body", "x"));
        var lines = Encoding.UTF8.GetString(await client.GetByteArrayAsync("/_emu/v1/world")).Split('\n').ToList();
        var record = lines.First(l => l.StartsWith("{\"record\":", StringComparison.Ordinal));
        var free = Enumerable.Range(1, (int)server.House.World.Journal.LastSeq)
            .First(seq => !lines.Exists(l => l.Contains($"\"arrived\":{seq},", StringComparison.Ordinal)));
        lines.Insert(1, Regex.Replace(record, "\"arrived\":\\d+", $"\"arrived\":{free}"));
        using var answer = await client.PutAsync("/_emu/v1/world", Lines(string.Join('\n', lines)));
        (await answer.Content.ReadAsStringAsync()).Should().Contain("twice");
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

    private static async Task<List<string?>> BodiesAsync(HttpClient client) =>
        [.. (await GetAsync(client, "Messages.json")).GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("body").GetString())];

    private static async Task<List<string>> MessagesAsync(HttpClient client) =>
        [.. (await GetAsync(client, "Messages.json?PageSize=100")).GetProperty("messages").EnumerateArray().Select(m => m.GetRawText())];
}
