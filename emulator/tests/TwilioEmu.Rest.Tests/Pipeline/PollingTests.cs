using TwilioEmu.Kernel.Time;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Rest.Tests.Pipeline;

public sealed class PollingTests : IAsyncDisposable
{
    private const string Told = "while time stands: under --clock manual it moves only when told";

    private readonly RestWorld _rest = new();

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task Who_polls_while_time_stands_and_something_is_due_is_told_so_once()
    {
        using var due = Due();
        (await LookAsync(Polling.ManyLooks - 1)).Should().NotContain(Told);
        (await LookAsync(1)).Should().Contain(Told).And.Contain("Something is due at 2026-01-05T09:00:05Z (a delivery): ");
        (await LookAsync(2 * Polling.ManyLooks)).Should().NotContain(Told);
    }

    [Fact]
    public async Task Where_nothing_is_due_no_moving_of_time_would_help() =>
        (await LookAsync(2 * Polling.ManyLooks)).Should().NotContain(Told);

    [Fact]
    public async Task Where_time_moves_by_itself_nobody_is_told()
    {
        using var due = Due();
        _rest.World.Clock.SwitchTo(new ClockMode.Auto());
        (await LookAsync(2 * Polling.ManyLooks)).Should().NotContain(Told);
    }

    [Fact]
    public async Task Who_does_something_or_moves_time_meanwhile_does_not_poll()
    {
        using var due = Due();
        for (var i = 0; i < 5; i++)
        {
            (await LookAsync(Polling.ManyLooks - 1)).Should().NotContain(Told);
            await _rest.World.Clock.AdvanceAsync(TimeSpan.FromMilliseconds(1));
            (await LookAsync(Polling.ManyLooks - 1)).Should().NotContain(Told);
            await _rest.PostAsync("Queues.json", "FriendlyName", $"q{i}");
        }
    }

    private ITimer Due() => _rest.World.Clock.CreateTimer("a delivery", _ => { }, null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);

    private async Task<string> LookAsync(int times)
    {
        var warnings = "";
        for (var i = 0; i < times; i++) warnings += (await _rest.GetAsync("Balance.json")).Headers["TwilioEmu-Warning"].ToString();
        return warnings;
    }
}
