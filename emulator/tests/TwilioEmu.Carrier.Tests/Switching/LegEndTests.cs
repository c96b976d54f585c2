using TwilioEmu.Carrier.Switching;

namespace TwilioEmu.Carrier.Tests.Switching;

public sealed class LegEndTests
{
    [Theory]
    [InlineData(486, LegEndKind.Busy)]
    [InlineData(600, LegEndKind.Busy)]
    [InlineData(480, LegEndKind.NoAnswer)]
    [InlineData(408, LegEndKind.NoAnswer)]
    [InlineData(603, LegEndKind.Busy)]
    [InlineData(487, LegEndKind.Cancelled)]
    [InlineData(404, LegEndKind.Unreachable)]
    [InlineData(488, LegEndKind.Failed)]
    [InlineData(503, LegEndKind.Failed)]
    public void A_final_response_means_one_kind_of_end_and_keeps_its_code(int status, LegEndKind kind)
    {
        var end = LegEnd.Answered(status, "why", Side.Party);
        (end.Kind, end.SipStatus, end.Reason).Should().Be((kind, status, "why"));
    }
}
