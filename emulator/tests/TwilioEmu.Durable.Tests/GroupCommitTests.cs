using TwilioEmu.Durable.Files;
using TwilioEmu.Kernel.Keeping;

namespace TwilioEmu.Durable.Tests;

public sealed class GroupCommitTests
{
    private readonly GroupCommit _commit = new(keptSeq: 10);

    [Fact]
    public async Task What_was_kept_before_is_waited_for_by_nobody()
    {
        _commit.KeptAsync(10).AsTask().IsCompletedSuccessfully.Should().BeTrue();
        var next = _commit.KeptAsync(11).AsTask();
        next.IsCompleted.Should().BeFalse();
        _commit.Taken(11);
        _commit.Kept();
        await next;
    }

    [Fact]
    public async Task Whose_entry_came_after_a_batch_was_taken_waits_for_the_next_one()
    {
        var (first, alsoFirst) = (_commit.KeptAsync(11).AsTask(), _commit.KeptAsync(12).AsTask());
        _commit.Taken(12);
        var (late, second) = (_commit.KeptAsync(12).AsTask(), _commit.KeptAsync(13).AsTask());
        _commit.Kept();
        await Task.WhenAll(first, alsoFirst, late);
        second.IsCompleted.Should().BeFalse();
        _commit.Taken(13);
        second.IsCompleted.Should().BeFalse();
        _commit.Kept();
        await second;
    }

    [Fact]
    public async Task Whose_entry_missed_the_batch_by_a_moment_is_not_told_that_it_is_kept()
    {
        // Asked before anybody knew where the batch ends.
        var missed = _commit.KeptAsync(12).AsTask();
        _commit.Taken(11);
        _commit.Kept();
        _commit.Taken(12);
        _commit.Kept();
        await missed;
        _commit.KeptAsync(13).AsTask().IsCompleted.Should().BeFalse();
    }

    [Fact]
    public async Task What_cannot_be_written_is_told_at_once_to_all_who_wait_and_to_whoever_asks_until_it_is()
    {
        var writing = _commit.KeptAsync(11).AsTask();
        _commit.Taken(11);
        var next = _commit.KeptAsync(12).AsTask();
        _commit.Fail().Should().BeTrue();
        _commit.Fail().Should().BeFalse();
        _commit.IsFailing.Should().BeTrue();
        foreach (var refused in new[] { writing, next, _commit.KeptAsync(11).AsTask(), _commit.KeptAsync(12).AsTask() })
        {
            await refused.Awaiting(task => task).Should().ThrowAsync<KeepingException>();
        }
        _commit.Kept();
        _commit.IsFailing.Should().BeFalse();
        await _commit.KeptAsync(11);
        var again = _commit.KeptAsync(12).AsTask();
        _commit.Taken(12);
        _commit.Kept();
        await again;
    }

    [Fact]
    public async Task After_the_end_nothing_is_waited_for()
    {
        var waits = _commit.KeptAsync(11).AsTask();
        _commit.End();
        await waits.Awaiting(task => task).Should().ThrowAsync<KeepingException>();
        await _commit.Awaiting(c => c.KeptAsync(12).AsTask()).Should().ThrowAsync<KeepingException>();
        await _commit.KeptAsync(10);
    }

    [Fact]
    public async Task Who_gathers_goes_on_when_as_many_wait_as_did_before_or_the_world_is_about_to_stop()
    {
        // Returns, whichever comes first: with those who are waited for, after a moment without them, at once in a hurry.
        _ = _commit.KeptAsync(11).AsTask();
        _ = _commit.KeptAsync(12).AsTask();
        _commit.Gather(TimeSpan.FromDays(1));
        _commit.Taken(12);
        _commit.Kept();
        var gathering = Task.Factory.StartNew(
            () => _commit.Gather(TimeSpan.FromDays(1)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var (first, second) = (_commit.KeptAsync(13).AsTask(), _commit.KeptAsync(14).AsTask());
        await gathering;
        _commit.Taken(14);
        _commit.Kept();
        await Task.WhenAll(first, second);
        _commit.Hurry();
        _commit.Gather(TimeSpan.FromDays(1));
    }
}
