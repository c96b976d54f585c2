using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Console.Control;
using TwilioEmu.Hosting;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Tests.Hosting;

/// <summary>Worlds that are kept and brought back, as users of the control API see it.</summary>
public sealed class SnapshotTests
{
    private const string Messages = $"2010-04-01/Accounts/{OpenHouse.Account}/Messages";

    [Fact]
    public async Task A_world_that_is_brought_back_goes_on_to_the_same_journal_each_time()
    {
        await using var server = await StartAsync(new ClockMode.Manual());
        using var client = Client(server);
        for (var i = 0; i < 10; i++) await TextAsync(client, $"number {i}");
        await server.House.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(4.2));
        var taken = await AskAsync(client, HttpMethod.Post, "_emu/v1/snapshots", """{"name":"half-way"}""");
        var from = server.House.World.Journal.LastSeq;
        taken.GetProperty("entries").GetInt64().Should().Be(from);
        var before = server.House.World.Journal.After(0).Select(e => e.ToJson()).ToList();

        var went = new List<List<string>>();
        for (var round = 0; round < 3; round++)
        {
            await TextAsync(client, "one more");
            await server.House.World.Clock.AdvanceAsync(TimeSpan.FromMinutes(1));
            went.Add([.. server.House.World.Journal.After(from).Select(e => e.ToJson())]);
            var restored = await AskAsync(client, HttpMethod.Post, "_emu/v1/snapshots/half-way/restore", null);
            restored.GetProperty("lost").EnumerateArray().Should().NotBeEmpty();
            server.House.World.Journal.After(0).Select(e => e.ToJson()).Should().Equal(before);
            server.House.World.Clock.GetUtcNow().Should().Be(WorldOptions.StoryStart + TimeSpan.FromSeconds(4.2));
        }
        went[0].Should().HaveCountGreaterThan(20);
        went[1].Should().Equal(went[0]);
        went[2].Should().Equal(went[0]);
    }

    [Fact]
    public async Task What_was_done_since_is_undone_and_what_was_there_is_there_again()
    {
        await using var server = await StartAsync(new ClockMode.Auto());
        using var client = Client(server);
        var kept = await TextAsync(client, "kept");
        await AskAsync(client, HttpMethod.Post, "_emu/v1/clock/advance", """{"by":"1m"}""");
        var id = (await AskAsync(client, HttpMethod.Post, "_emu/v1/snapshots", null)).GetProperty("id").GetString();
        await AskAsync(client, HttpMethod.Put, "_emu/v1/clock", """{"mode":"manual"}""");
        using (var deleted = await client.DeleteAsync(new Uri($"{Messages}/{kept}.json", UriKind.Relative)))
        {
            ((int)deleted.StatusCode).Should().Be(204);
        }
        await TextAsync(client, "since");
        await AskAsync(client, HttpMethod.Post, "_emu/v1/reset", null);

        var restored = await AskAsync(client, HttpMethod.Post, $"_emu/v1/snapshots/{id}/restore", null);
        restored.GetProperty("clock").GetString().Should().Be("auto", "the clock is as it was");
        var messages = (await AskAsync(client, HttpMethod.Get, $"{Messages}.json", null)).GetProperty("messages").EnumerateArray().ToList();
        messages.Select(m => (m.GetProperty("body").GetString(), m.GetProperty("status").GetString()))
            .Should().Equal(("kept", "delivered"));
    }

    [Fact]
    public async Task As_many_are_kept_as_may_be_and_one_taken_anew_replaces_its_name()
    {
        await using var server = await StartAsync(new ClockMode.Manual());
        using var client = Client(server);
        for (var i = 0; i < Snapshot.MostKept; i++)
        {
            await AskAsync(client, HttpMethod.Post, "_emu/v1/snapshots", i % 2 == 0 ? $$"""{"name":"{{i + 1}}"}""" : null);
        }
        var ids = (await AskAsync(client, HttpMethod.Get, "_emu/v1/snapshots", null)).GetProperty("snapshots").EnumerateArray()
            .Select(s => s.GetProperty("id").GetString()).ToList();
        ids.Should().HaveCount(Snapshot.MostKept).And.OnlyHaveUniqueItems("a number that is somebody's name is passed over");
        using (var full = await client.PostAsync(new Uri("_emu/v1/snapshots", UriKind.Relative), null))
        {
            ((int)full.StatusCode).Should().Be(409);
        }
        await TextAsync(client, "anew");
        (await AskAsync(client, HttpMethod.Post, "_emu/v1/snapshots", """{"name":"1"}""")).GetProperty("records").GetInt32()
            .Should().BeGreaterThan(
                (await AskAsync(client, HttpMethod.Post, "_emu/v1/snapshots/2/restore", null)).GetProperty("records").GetInt32());
        using var unknown = await client.PostAsync(new Uri("_emu/v1/snapshots/nobody/restore", UriKind.Relative), null);
        ((int)unknown.StatusCode).Should().Be(404);
    }

    private static Task<EmulatorServer> StartAsync(ClockMode clock) => EmulatorServer.StartAsync(
        new WorldConfig
        {
            Accounts = [new AccountSpec { Sid = new(OpenHouse.Account), AuthToken = OpenHouse.Token, FriendlyName = "One" }],
            Numbers = [new PhoneNumberSpec { Number = "+14155550100" }],
        },
        new WorldOptions { Clock = clock, Start = WorldOptions.StoryStart },
        new Endpoints());

    private static HttpClient Client(EmulatorServer server)
    {
        var client = new HttpClient { BaseAddress = new Uri(server.Url + "/"), Timeout = OpenHouse.Limit };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{OpenHouse.Account}:{OpenHouse.Token}")));
        return client;
    }

    private static async Task<string> TextAsync(HttpClient client, string body)
    {
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string> { ["To"] = "+14155550199", ["From"] = "+14155550100", ["Body"] = body });
        using var answer = await client.PostAsync(new Uri($"{Messages}.json", UriKind.Relative), form);
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("sid").GetString()!;
    }

    private static async Task<JsonElement> AskAsync(HttpClient client, HttpMethod method, string path, string? json)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.Should().BeTrue(text);
        return JsonElement.Parse(text);
    }
}
