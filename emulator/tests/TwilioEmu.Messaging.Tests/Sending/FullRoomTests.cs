using TwilioEmu.Testing.Houses;

namespace TwilioEmu.Messaging.Tests.Sending;

/// <summary>What waits is never trimmed: when it fills its room, nothing new is taken until there is some.</summary>
public sealed class FullRoomTests : IAsyncLifetime
{
    private const long Room = 20_000;

    private readonly MessagingHouse _house = new(world: House.UsualWorld with { MaxLiveBytes = Room });
    private readonly List<string> _taken = [];

    public async ValueTask InitializeAsync()
    {
        while (await _house.PostAsync("one of many") is { Status: 201 } answer) _taken.Add(answer.Json.GetProperty("sid").GetString()!);
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task A_message_for_which_there_is_no_room_is_503_20503_with_the_cure()
    {
        _taken.Count.Should().BeInRange(10, (int)(Room / 640));
        var refused = await _house.PostAsync("one too many");
        (refused.Status, refused.Code).Should().Be((503, 20503));
        (await _house.Rest.EntriesAsync("request.refused"))[^1].ToJson().Should().Contain("--memory");
    }

    [Fact]
    public async Task What_was_taken_is_sent_and_then_there_is_room_again()
    {
        await _house.AdvanceAsync(_taken.Count + 5);
        _house.Received().Should().HaveCount(_taken.Count);
        (await _house.PostAsync("and another")).Status.Should().Be(201);
    }

    [Fact]
    public async Task What_only_looks_or_changes_what_is_there_is_answered_by_its_own_rules()
    {
        (await _house.Rest.GetAsync($"Messages/{_taken[^1]}.json")).Status.Should().Be(200);
        // A message that is queued and not scheduled is past being canceled.
        (await _house.Rest.PostAsync($"Messages/{_taken[^1]}.json", "Status", "canceled")).Code.Should().Be(30409);
    }
}
