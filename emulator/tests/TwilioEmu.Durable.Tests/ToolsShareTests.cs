using TwilioEmu.Durable.Files;

namespace TwilioEmu.Durable.Tests;

public sealed class ToolsShareTests
{
    private readonly Wall _wall = new();
    private readonly ToolsShare _share;

    public ToolsShareTests() => _share = new ToolsShare(_wall);

    [Fact]
    public void Where_there_are_no_batches_all_time_is_theirs()
    {
        _share.Spend(TimeSpan.FromSeconds(10));
        _share.Left().Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public void While_there_are_batches_a_step_is_followed_by_nine_times_its_length_without_one()
    {
        _share.News();
        _share.Spend(TimeSpan.FromMilliseconds(2));
        _share.Left().Should().Be(TimeSpan.FromMilliseconds(20));
        _wall.Pass(TimeSpan.FromMilliseconds(15));
        _share.News();
        _share.Left().Should().Be(TimeSpan.FromMilliseconds(5));
        _wall.Pass(TimeSpan.FromMilliseconds(5));
        _share.Left().Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public void However_much_they_took_they_go_on_once_there_was_no_batch_for_a_while()
    {
        _share.News();
        _share.Spend(TimeSpan.FromSeconds(1));
        _share.Left().Should().Be(TimeSpan.FromMilliseconds(50));
        _wall.Pass(TimeSpan.FromMilliseconds(50));
        _share.Left().Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public void Time_they_did_not_use_is_not_saved_up()
    {
        _wall.Pass(TimeSpan.FromHours(1));
        _share.Left().Should().Be(TimeSpan.Zero);
        _share.News();
        _share.Spend(TimeSpan.FromMilliseconds(6));
        _share.Left().Should().Be(TimeSpan.FromMilliseconds(10));
    }

    private sealed class Wall : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Pass(TimeSpan time) => _ticks += time.Ticks;
    }
}
