using TwilioEmu.Options;

namespace TwilioEmu.Tests.Options;

public sealed class UnknownVariablesTests
{
    [Theory]
    [InlineData("TWILIOEMU_PRT", "TWILIOEMU_PRT is no option and has no effect (did you mean \"TWILIOEMU_PORT\"?)")]
    [InlineData("TWILIOEMU_HTTP_PORT", "TWILIOEMU_HTTP_PORT is no option and has no effect (did you mean \"TWILIOEMU_HTTPS_PORT\"?)")]
    [InlineData("twilioemu_seed", "twilioemu_seed is no option and has no effect (did you mean \"TWILIOEMU_SEED\"?)")]
    [InlineData("TWILIO_EMU_PORT", "TWILIO_EMU_PORT is no option and has no effect (did you mean \"TWILIOEMU_PORT\"?)")]
    [InlineData("TWILIOEMU", null)]
    [InlineData("_TWILIOEMU_BEFORE", null)]
    [InlineData("TWILIOEMU_PORT", null)]
    [InlineData("TWILIOEMU_SMPP_PORT", null)]
    [InlineData("TWILIOEMU_URL", null)]
    [InlineData("TWILIO_ACCOUNT_SID", null)]
    public void A_mistyped_variable_is_told_with_what_was_meant(string name, string? told) =>
        UnknownVariables.Tell([name], OptionTable.Variables).Should().Equal(told is null ? [] : [told]);
}
