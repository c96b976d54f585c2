using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Hosting;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Tests.Hosting;

public sealed class ClosedAccountTests
{
    private const string Account = "AC00000000000000000000000000000001";
    private const string Token = "00000000000000000000000000000001";

    [Fact]
    public async Task What_waits_in_a_closed_accounts_queue_never_leaves()
    {
        await using var server = await EmulatorServer.StartAsync(
            new WorldConfig { Accounts = [new AccountSpec { Sid = new(Account), AuthToken = Token, FriendlyName = "One" }] },
            new WorldOptions { Clock = new ClockMode.Manual(), Start = WorldOptions.StoryStart }, "127.0.0.1", 0);
        using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Account}:{Token}")));
        var sub = (await PostAsync("/2010-04-01/Accounts.json", ("FriendlyName", "short-lived"))).GetProperty("sid").GetString();
        await PostAsync($"/2010-04-01/Accounts/{sub}/IncomingPhoneNumbers.json", ("PhoneNumber", "+14155550123"));
        for (var i = 0; i < 5; i++)
        {
            await PostAsync(
                $"/2010-04-01/Accounts/{sub}/Messages.json", ("To", "+14155550199"), ("From", "+14155550123"), ("Body", $"{i}"));
        }
        await server.House.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(1.5));

        await PostAsync($"/2010-04-01/Accounts/{sub}.json", ("Status", "closed"));
        await server.House.World.Clock.AdvanceAsync(TimeSpan.FromMinutes(1));

        var entries = server.House.World.Journal.After(0).ToList();
        entries.Count(e => e.Kind == "handset.received").Should().Be(2);
        entries.Where(e => e.Kind == "message.failed").Select(e => e.ToJson())
            .Should().HaveCount(3).And.OnlyContain(line => line.Contains("30002"));

        async Task<JsonElement> PostAsync(string path, params (string Name, string Value)[] pairs)
        {
            using var form = new FormUrlEncodedContent(pairs.Select(p => KeyValuePair.Create(p.Name, p.Value)));
            using var answer = await client.PostAsync(path, form);
            using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            answer.IsSuccessStatusCode.Should().BeTrue(json.RootElement.ToString());
            return json.RootElement.Clone();
        }
    }
}
