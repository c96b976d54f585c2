using TwilioEmu.Scenarios.Reading;
using TwilioEmu.Scenarios.Running;
using TwilioEmu.Scenarios.Steps;

namespace TwilioEmu.Console.Tests.Control;

/// <summary>Stories told to an emulator that runs elsewhere, through the real control API.</summary>
public sealed class RemoteStoryTests : IAsyncLifetime
{
    private ControlHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ControlHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_story_is_told_through_the_control_API()
    {
        var result = await PlayAsync("""
            scenario: Elsewhere
            given:
              numbers: [{ number: "+14155550177", sms_url: "http://127.0.0.1:5000/sms" }]
              handsets: [{ number: "+14155550199", answers: 1s }]
            story:
              - when: { handset: "+14155550199", texts: hi, to: "+14155550100", save: text }
                then:
                  - { handset: "+14155550199", receives: { from: "+14155550100", body: { contains: hi } }, within: 5s }
                  - { expect: { kind: message.received, subject: "${text.message_sid}" } }
              - when:
                  - { handset: "+14155550199", dials: "+14155550100", script: [], save: call }
                  - { advance: 1s }
                  - { handset: "+14155550199", presses: "1" }
                then: { expect: { kind: call.pressed, subject: "${call.call_sid}" } }
              - when: { handset: "+14155550199", hangs_up: true }
                then: { expect: { kind: call.completed } }
            """);
        result.Failure.Should().BeNull();
        result.WorldTime.Should().Be(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task A_claim_in_vain_tells_the_nearest_miss()
    {
        var result = await PlayAsync("""
            scenario: In vain
            when: { handset: "+14155550199", texts: hi, to: "+14155550100" }
            then: { handset: "+14155550199", receives: { body: { contains: sunny } }, within: 5s }
            """);
        result.Failure!.Details.Should().Contain(d => d.Contains("\"echo hi\", which does not contain \"sunny\""));
        result.Failure.Journal.Should().NotBeEmpty();
        result.HasBegun.Should().BeTrue();
    }

    [Fact]
    public async Task An_auto_clock_stands_still_between_the_steps_of_a_story()
    {
        await _host.AskAsync("PUT", "clock", """{"mode":"auto"}""");
        var result = await PlayAsync("""
            scenario: Still
            when: { handset: "+14155550199", texts: hi, to: "+14155550100", repeat: 5 }
            then: { expect: { kind: handset.received, count: 5 }, spaced: 0s }
            """);
        result.Failure.Should().BeNull();
        (await _host.AskAsync("GET", "clock")).Json.GetProperty("mode").GetString().Should().Be("auto");
    }

    [Fact]
    public async Task What_only_a_fresh_world_can_be_given_is_refused()
    {
        var result = await PlayAsync("""
            scenario: An app of its own
            given: { app: { /sms: hi }, clock: real }
            when: { advance: 1s }
            """);
        result.Failure!.Message.Should().Be("app, clock can be given to a world of the story's own only: run it without --base-url");
        result.HasBegun.Should().BeFalse("nothing of it is to be seen there");
    }

    [Fact]
    public async Task A_phone_forgets_what_a_story_taught_it()
    {
        await PlayAsync("""
            scenario: Busy
            given: { handsets: [{ number: "+14155550199", busy: true }] }
            when: { advance: 1s }
            """);
        (await _host.AskAsync("GET", "handsets/+14155550199")).Json.GetProperty("behaviour").TryGetProperty("answers", out _)
            .Should().BeTrue();
    }

    private async Task<StoryResult> PlayAsync(string yaml)
    {
        var faults = new Faults();
        var story = ScenarioReader.ReadFile("s.yaml", yaml, faults);
        story.Should().NotBeNull(string.Join('\n', faults.All));
        using var http = new SocketHttpDoor();
        return await ScenarioRunner.Against(_host.Url, http, TimeProvider.System).RunAsync(story!, CancellationToken.None);
    }
}
