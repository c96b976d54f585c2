using System.Collections.Frozen;
using TwilioEmu.Webhooks.Alerts;

namespace TwilioEmu.Voice.Calls;

/// <summary>Which of Twilio's codes for calls are warnings; all others are errors.</summary>
/// <remarks>twilio.com/docs/api/errors, the level of each code (10xxx to 17xxx, and those of REST that only a debugger hears of).</remarks>
internal static class ErrorLevels
{
    private static readonly FrozenSet<int> Warnings = new[]
    {
        11321, 11322, 12200,
        // Dial and its nouns.
        13000, 13112, 13210, 13211, 13212, 13213, 13214, 13215, 13216, 13217, 13218, 13219, 13220, 13221, 13222, 13223, 13226,
        13230, 13232, 13233, 13234, 13235, 13236, 13237,
        13241, 13242, 13243, 13244, 13245, 13246, 13248, 13249, 13250, 13251, 13252, 13253, 13254, 13255, 13256,
        // Gather.
        13310, 13311, 13312, 13313, 13314, 13320, 13321, 13322, 13326, 13327, 13328, 13329, 13330, 13331, 13332, 13333, 13334, 13335,
        // Play, Say.
        13410, 13430, 13510, 13511, 13512, 13513, 13520, 13521,
        // Record.
        13610, 13611, 13612, 13613, 13614, 13615, 13616, 13617, 13618, 13619, 13620, 13622, 13699,
        // Redirect, trial accounts, Reject, Pause.
        13710, 13805, 13810, 13910,
        // Enqueue, TaskRouter.
        14101, 14102, 14103, 14104, 14105, 14106, 14108, 14207, 14241,
        15003,
        16101, 16102, 16113,
        17580, 17581,
        21262, 21263, 21626,
        // SIP.
        32002, 32006, 32007, 32008, 32009, 32011, 32012, 32014, 32015, 32019, 32021, 32100, 32101, 32102, 32103, 32105, 32110, 32111, 32112,
        32113, 32114,
        32212, 32214, 32215, 32401,
        // Real-time transcription, user defined messages.
        32652, 32655, 32656, 32701, 32702, 32703, 32710, 32711,
    }.ToFrozenSet();

    public static AlertLevel Of(int code) => Warnings.Contains(code) ? AlertLevel.Warning : AlertLevel.Error;
}
