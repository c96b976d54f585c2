using TwilioEmu.Voice.Calls;

namespace TwilioEmu.Voice.Tests.Calls;

public sealed class CallStatusTests
{
    [Theory]
    [InlineData("queued", "initiated canceled failed")]
    [InlineData("initiated", "ringing in-progress busy no-answer failed canceled")]
    [InlineData("ringing", "in-progress busy no-answer failed canceled")]
    [InlineData("in-progress", "completed")]
    [InlineData("completed", "")]
    [InlineData("busy", "")]
    [InlineData("no-answer", "")]
    [InlineData("failed", "")]
    [InlineData("canceled", "")]
    public void Each_state_has_its_followers(string status, string followers)
    {
        var from = Enum.GetValues<CallStatus>().Single(s => s.Word() == status);
        var next = Enum.GetValues<CallStatus>().Where(s => from.MayBecome(s)).Select(s => s.Word());
        next.Should().BeEquivalentTo(followers.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        from.IsFinal().Should().Be(followers.Length == 0);
    }

    [Fact]
    public void The_resource_knows_no_initiated() => CallStatus.Initiated.RestWord().Should().Be("queued");
}
