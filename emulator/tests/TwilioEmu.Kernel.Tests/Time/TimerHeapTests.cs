using FsCheck;
using FsCheck.Fluent;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Kernel.Tests.Time;

public sealed class TimerHeapTests
{
    private static readonly WorldClock Clock = new(new ClockMode.Manual(), WorldOptions.StoryStart, TimeProvider.System);

    /// <summary>Each number is an operation: add a timer due then, take the first, or remove one from the middle.</summary>
    [Fact]
    public void It_gives_the_timers_in_the_order_a_sorted_list_would() => Prop.ForAll<int[]>(static steps =>
    {
        var heap = new TimerHeap();
        var model = new List<ClockTimer>();
        var sequence = 0;
        foreach (var step in steps)
        {
            if (step % 3 != 0 || model.Count == 0)
            {
                var timer = new ClockTimer(Clock, static _ => { }, null) { Due = step / 4, Sequence = sequence++ };
                heap.Add(timer);
                model.Add(timer);
            }
            else
            {
                var gone = step % 2 == 0 ? First(model)! : model[Math.Abs(step / 6) % model.Count];
                heap.Remove(gone);
                model.Remove(gone);
            }
            if (heap.Count != model.Count || heap.Peek() != First(model)) return false;
        }
        while (heap.Peek() is { } first)
        {
            if (first != First(model)) return false;
            heap.Remove(first);
            model.Remove(first);
        }
        return model.Count == 0;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(200));

    [Fact]
    public void A_timer_that_is_not_in_it_is_removed_without_harm()
    {
        var heap = new TimerHeap();
        var timer = new ClockTimer(Clock, static _ => { }, null);
        heap.Remove(timer);
        heap.Add(timer);
        heap.Remove(timer);
        heap.Remove(timer);
        heap.Count.Should().Be(0);
    }

    private static ClockTimer? First(List<ClockTimer> timers) => timers.OrderBy(t => t.Due).ThenBy(t => t.Sequence).FirstOrDefault();
}
