using System.Threading.Channels;
using TwilioEmu.Kernel.Looping;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Kernel.Tests.Looping;

/// <summary>Which awaits resume on the loop, at the very instant at which what they waited for happened.</summary>
/// <remarks>
/// A clock that jumps every time the loop is idle shows an await that takes the way round by the thread pool: a ticking timer lets
/// time run on meanwhile. Not on the list because they do so: <c>WaitAsync</c> and <c>WhenAny</c> on a task source with
/// <c>RunContinuationsAsynchronously</c>, and <c>ValueTask.AsTask</c> of a channel's read. A <see cref="Signal{T}"/> is the cure.
/// </remarks>
public sealed class AwaitingTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static TheoryData<string> KeepingTime => new(Cases.Keys);

    private static Dictionary<string, Func<World, (Func<Task> Wait, Action Complete)>> Cases { get; } = new()
    {
        ["task source"] = _ => Source(new TaskCompletionSource()),
        ["task source, asynchronous"] = _ => Source(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)),
        ["WaitAsync on a task source"] = w =>
        {
            var s = new TaskCompletionSource();
            return (() => s.Task.WaitAsync(Hour, w.Clock, CancellationToken.None), s.SetResult);
        },
        ["signal"] = w =>
        {
            var s = new Signal<int>(w.Loop);
            return (() => s.Task, () => s.TrySet(1));
        },
        ["WaitAsync on a signal"] = w =>
        {
            var s = new Signal<int>(w.Loop);
            return (() => s.Task.WaitAsync(Hour, w.Clock, CancellationToken.None), () => s.TrySet(1));
        },
        ["WhenAny on a signal"] = w =>
        {
            var s = new Signal<int>(w.Loop);
            return (() => Task.WhenAny(s.Task, Task.Delay(Hour, w.Clock)), () => s.TrySet(1));
        },
        ["WaitAsync cancelled"] = w => Cancelled(c => new TaskCompletionSource().Task.WaitAsync(Hour, w.Clock, c)),
        ["delay cancelled"] = w => Cancelled(c => Task.Delay(Hour, w.Clock, c)),
        ["token of a source with a time limit"] = w => Cancelled(async c =>
        {
            using var limit = new CancellationTokenSource(Hour, w.Clock);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(c, limit.Token);
            await Task.Delay(Timeout.InfiniteTimeSpan, w.Clock, both.Token);
        }),
        ["WhenAny"] = w =>
        {
            var s = new TaskCompletionSource();
            return (() => Task.WhenAny(s.Task, Task.Delay(Hour, w.Clock)), s.SetResult);
        },
        ["WhenAll"] = w =>
        {
            var s = new TaskCompletionSource();
            return (() => Task.WhenAll(s.Task, Task.CompletedTask), s.SetResult);
        },
        ["channel read"] = _ =>
        {
            var c = Channel.CreateUnbounded<int>();
            return (async () => await c.Reader.ReadAsync(), () => c.Writer.TryWrite(1));
        },
        ["channel wait to read"] = _ =>
        {
            var c = Channel.CreateUnbounded<int>();
            return (async () => await c.Reader.WaitToReadAsync(), () => c.Writer.TryWrite(1));
        },
        ["periodic timer disposed"] = w =>
        {
            PeriodicTimer? t = null;
            return (async () => await (t = new PeriodicTimer(Hour, w.Clock)).WaitForNextTickAsync(), () => t!.Dispose());
        },
        ["async iterator"] = w =>
        {
            var s = new Signal<int>(w.Loop);
            return (async () => { await foreach (var _ in Two(s)) { } }, () => s.TrySet(1));
        },
        ["semaphore"] = _ =>
        {
            var s = new SemaphoreSlim(0);
            return (() => s.WaitAsync(), () => s.Release());
        },
    };

    [Theory]
    [MemberData(nameof(KeepingTime))]
    public async Task An_await_resumes_on_the_loop_at_the_instant_of_its_completion(string name)
    {
        for (var round = 0; round < 20; round++)
        {
            await using var world = new World(new WorldOptions { Clock = new ClockMode.Auto(), Start = WorldOptions.StoryStart });
            var (wait, complete) = Cases[name](world);
            var (completed, resumed) = await world.Loop.RunAsync(() => WatchAsync(world, wait, complete), CancellationToken.None);
            resumed.Should().Be(completed);
        }
    }

    private static async Task<(TimeSpan Completed, TimeSpan Resumed)> WatchAsync(World world, Func<Task> wait, Action complete)
    {
        var ticks = 0;
        using var ticking = world.Clock.CreateTimer(_ => ticks++, null, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1));
        var completed = TimeSpan.Zero;
        using var completing = world.Clock.CreateTimer(
            _ =>
            {
                completed = world.Clock.GetUtcNow() - WorldOptions.StoryStart;
                complete();
            },
            null, TimeSpan.FromMilliseconds(10), Timeout.InfiniteTimeSpan);
        try
        {
            await wait();
        }
        catch (OperationCanceledException)
        {
            // As asked.
        }
        world.Loop.Assert();
        return (completed, world.Clock.GetUtcNow() - WorldOptions.StoryStart);
    }

    private static async IAsyncEnumerable<int> Two(Signal<int> signal)
    {
        yield return 0;
        yield return await signal.Task;
    }

    private static (Func<Task> Wait, Action Complete) Source(TaskCompletionSource source) => (() => source.Task, source.SetResult);

    private static (Func<Task> Wait, Action Complete) Cancelled(Func<CancellationToken, Task> wait)
    {
        var source = new CancellationTokenSource();
        return (() => wait(source.Token), source.Cancel);
    }
}
