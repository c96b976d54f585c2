using System.Net;
using System.Net.Sockets;
using TwilioEmu.Composition;
using TwilioEmu.Kernel.Settings;
using TwilioEmu.Scenarios.Reading;
using TwilioEmu.Scenarios.Running;
using TwilioEmu.Scenarios.Steps;
using TwilioEmu.Testing.Apps;
using TwilioEmu.Testing.Files;

namespace TwilioEmu.Tests.Composition;

/// <summary>The same story has the same journal, byte for byte, whatever the machine and the app make of their time.</summary>
public sealed class SameStoryTests
{
    private const string First = "+14155550161";
    private const string Second = "+14155550162";

    [Fact]
    public async Task Which_of_two_callers_an_app_answers_first_does_not_show_in_the_journal()
    {
        var one = await WithAppAsync(new() { [First] = 400, [Second] = 0 });
        var other = await WithAppAsync(new() { [First] = 0, [Second] = 400 });
        Same(one, other);
        one.Should().ContainSingle(line => line.Contains("\"message.queued\"")).And.Contain(line => line.Contains("Good day"));
    }

    [Theory]
    [InlineData("call-centre-queue.yaml")]
    [InlineData("one-time-code.yaml")]
    public async Task A_story_of_many_parties_has_the_same_journal_beside_a_thread_pool_that_is_busy(string file)
    {
        var text = await File.ReadAllTextAsync(Repository.At("scenarios", file), TestContext.Current.CancellationToken);
        var quiet = await PlayAsync(text, new StoryHost(ServeOptions.None));
        using var over = new CancellationTokenSource();
        var busy = Enumerable.Range(0, 2 * Environment.ProcessorCount)
            .Select(i => Task.Run(
                () =>
                {
                    for (var random = new Random(i); !over.IsCancellationRequested;) Thread.SpinWait(random.Next(200_000));
                },
                CancellationToken.None))
            .ToList();
        try
        {
            for (var run = 0; run < 4; run++) Same(quiet, await PlayAsync(text, new StoryHost(ServeOptions.None)));
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll(busy);
        }
    }

    [Fact]
    public async Task Told_where_to_listen_a_story_names_its_recordings_and_signs_their_urls_as_it_did_before()
    {
        int port;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            port = ((IPEndPoint)free.LocalEndpoint).Port;
        }
        var text = await File.ReadAllTextAsync(Repository.At("scenarios", "voicemail.yaml"), TestContext.Current.CancellationToken);
        var one = await PlayAsync(text, new StoryHost(ServeOptions.None, port));
        Same(one, await PlayAsync(text, new StoryHost(ServeOptions.None, port)));
        one.Should().Contain(line => line.Contains($"\"RecordingUrl\":\"http://127.0.0.1:{port}/"));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_left_to_who_has_it_unless_it_was_asked_for()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var text = await File.ReadAllTextAsync(Repository.At("scenarios", "weather-by-text.yaml"), TestContext.Current.CancellationToken);

        var elsewhere = new StoryHost(ServeOptions.None, port, isOnlyIfFree: true);
        (await PlayAsync(text, elsewhere)).Should().NotBeEmpty();
        elsewhere.WasPortTaken.Should().BeTrue();

        var asked = () => new StoryHost(ServeOptions.None, port).StartAsync(new(), TestContext.Current.CancellationToken);
        (await asked.Should().ThrowAsync<StoryException>()).WithMessage($"the story's world cannot listen on port {port}: *--port 0*");
    }

    /// <summary>Two callers whom the app lets wait for milliseconds each, and a text that is sent by REST at once.</summary>
    private static async Task<List<string>> WithAppAsync(Dictionary<string, int> milliseconds)
    {
        var script = new FakeApp("") { RefusesBadSignatures = false }.On("/voice", async (request, cancellation) =>
        {
            var from = request.Parameters.First(p => p.Key == "From").Value;
            await Task.Delay(TimeSpan.FromMilliseconds(milliseconds[from]), TimeProvider.System, cancellation);
            return FakeApp.Twiml("<Response><Say>Good day</Say></Response>");
        });
        await using var app = await ListeningApp.StartAsync(script);
        return await PlayAsync($$"""
            scenario: Two callers and a text
            given:
              numbers: [{ number: "+14155550100", voice_url: "http://app.test/voice" }]
              public_names: { "http://app.test": "{{app.Origin}}" }
            when:
              - { handset: "{{First}}", dials: "+14155550100" }
              - { handset: "{{Second}}", dials: "+14155550100" }
              - { posts: Messages, form: { From: "+14155550100", To: "+14155550199", Body: Hello } }
            then:
              - { handset: "{{First}}", call_ends: true, within: 30s }
              - { handset: "{{Second}}", call_ends: true, within: 30s }
            """, new StoryHost(ServeOptions.None));
    }

    private static async Task<List<string>> PlayAsync(string text, StoryHost host)
    {
        var faults = new Faults();
        var story = ScenarioReader.ReadFile(Repository.At("scenarios", "same.yaml"), text, faults);
        faults.All.Should().BeEmpty();
        var journal = new List<string>();
        using var http = new SocketHttpDoor();
        var runner = ScenarioRunner.InFreshWorlds(host, http, TimeProvider.System);
        runner.Journal = (_, lines) =>
        {
            journal.AddRange(lines.Select(l => l.ToElement().GetRawText()));
            return Task.CompletedTask;
        };
        (await runner.RunAsync(story!, TestContext.Current.CancellationToken)).Failure.Should().BeNull();
        return journal;
    }

    /// <summary>Told by the first line that differs: whole journals help nobody.</summary>
    private static void Same(List<string> one, List<string> other)
    {
        one.Zip(other).FirstOrDefault(lines => lines.First != lines.Second).Should().Be(default((string, string)));
        other.Count.Should().Be(one.Count);
    }
}
