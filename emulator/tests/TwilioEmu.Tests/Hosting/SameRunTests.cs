using System.Net.Http.Headers;
using System.Text;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Hosting;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Testing.Apps;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Tests.Hosting;

/// <summary>The same acts give the same journal, over sockets too.</summary>
public sealed class SameRunTests
{
    private const string Account = "AC00000000000000000000000000000001";
    private const string Token = "00000000000000000000000000000001";
    private const string Number = "+14155550100";
    private const string Phone = "+14155550199";
    private const int Runs = 3;

    // Machines that build beside the test are slower than the usual grace; what is claimed here is the order, not the pace.
    private static readonly Patience Ample = Patience.Usual with
    {
        AfterAct = TimeSpan.FromMilliseconds(400),
        AfterAnswer = TimeSpan.FromMilliseconds(100),
    };

    [Theory]
    [InlineData("manual")]
    [InlineData("auto")]
    public async Task A_session_over_sockets_gives_the_same_journal_in_every_run(string mode)
    {
        ClockMode.TryParse(mode, out var clock).Should().BeTrue();
        var journals = new List<string[]>();
        for (var run = 0; run < Runs; run++) journals.Add(await RunAsync(clock, run));
        // Told by the first line that differs: whole journals help nobody.
        foreach (var other in journals.Skip(1))
        {
            other.Zip(journals[0]).FirstOrDefault(lines => lines.First != lines.Second).Should().Be(default((string, string)));
        }
        journals.Select(j => j.Length).Distinct().Should().ContainSingle();
        journals[0]
            .Should().Contain(line => line.Contains("echo text 7"))
            .And.Contain(line => line.Contains("call.canceled"))
            .And.Contain(line => line.Contains("call.completed"));
    }

    private static async Task<string[]> RunAsync(ClockMode clock, int run)
    {
        await using var app = await ListeningApp.StartAsync(Script(new Random(run)));
        await using var server = await EmulatorServer.StartAsync(
            new WorldConfig
            {
                Accounts = [new AccountSpec { Sid = new(Account), AuthToken = Token, FriendlyName = "One" }],
                Numbers =
                [
                    new PhoneNumberSpec
                    {
                        Number = Number,
                        MessagesPerSecond = 10,
                        Parameters = new Dictionary<string, string>
                        {
                            ["SmsUrl"] = "http://app.test/sms",
                            ["VoiceUrl"] = "http://app.test/voice",
                        },
                    },
                ],
                PublicNames = new Dictionary<string, string> { ["http://app.test"] = app.Origin },
            },
            new WorldOptions { Clock = clock, Start = WorldOptions.StoryStart, Patience = Ample }, "127.0.0.1", 0);
        using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Account}:{Token}")));
        var world = server.House.World;

        await world.Loop.RunAsync(
            () =>
            {
                for (var i = 0; i < 8; i++) server.House.Handsets.Text($"+1415555020{i}", Number, $"text {i}", []);
            },
            default);
        await ControlAsync("expect", """{"match":{"kind":"message.queued"},"count":8,"within":"10s"}""");
        await ControlAsync($"handsets/{Phone}/messages", $$"""{"to":"{{Number}}","body":"one more"}""");
        await PostAsync(
            "Messages.json", "sid", ("To", Phone), ("From", Number), ("Body", "callbacks, please"),
            ("StatusCallback", "http://app.test/status"));
        var sid = await PostAsync("Calls.json", "sid", ("To", Phone), ("From", Number), ("Url", "http://app.test/voice"));
        await PostAsync($"Calls/{sid}.json", "sid", ("Status", "canceled"));
        await PostAsync(
            "Calls.json", "sid", ("To", Phone), ("From", Number), ("Url", "http://app.test/voice"),
            ("StatusCallback", "http://app.test/status"));
        await ControlAsync("expect", """{"match":{"kind":"call.completed"},"within":"60s"}""");
        await world.Clock.AdvanceAsync(TimeSpan.FromMinutes(1));
        return await world.Loop.RunAsync(() => world.Journal.After(0).Select(e => e.ToJson()).ToArray(), default);

        async Task<string> PostAsync(string path, string member, params (string Name, string Value)[] pairs)
        {
            using var form = new FormUrlEncodedContent(pairs.Select(p => KeyValuePair.Create(p.Name, p.Value)));
            using var answer = await client.PostAsync($"/2010-04-01/Accounts/{Account}/{path}", form);
            using var json = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            answer.IsSuccessStatusCode.Should().BeTrue(json.RootElement.ToString());
            return json.RootElement.GetProperty(member).GetString()!;
        }

        async Task ControlAsync(string path, string body)
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await client.PostAsync($"/_emu/v1/{path}", content);
            answer.IsSuccessStatusCode.Should().BeTrue(await answer.Content.ReadAsStringAsync());
        }
    }

    private static FakeApp Script(Random random)
    {
        var app = new FakeApp(Token) { RefusesBadSignatures = false };
        return app
            .On(
                "/sms",
                (request, cancellation) => AfterAWhileAsync(
                    $"<Response><Message>echo {request.Parameters.First(p => p.Key == "Body").Value}</Message></Response>", cancellation))
            .On(
                "/voice",
                (_, cancellation) => AfterAWhileAsync("<Response><Say>Hello there</Say><Pause length='20'/></Response>", cancellation))
            .On("/status", (_, cancellation) => AfterAWhileAsync("<Response/>", cancellation));

        async Task<AppAnswer> AfterAWhileAsync(string twiml, CancellationToken cancellation)
        {
            int milliseconds;
            lock (random) milliseconds = random.Next(6);
            await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System, cancellation);
            return FakeApp.Twiml(twiml);
        }
    }
}
