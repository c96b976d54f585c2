using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Scenarios.Steps;

namespace TwilioEmu.Scenarios.Running;

/// <summary>Calls of phones, as stories and the control API touch them.</summary>
/// <remarks>Loop-confined.</remarks>
public interface IPhones
{
    /// <summary>A phone dials.</summary>
    /// <returns>The CallSid when the emulator took it, else null.</returns>
    string? Dial(string from, string to, IReadOnlyList<ScriptStep> script);

    /// <summary>Phones that are in a call, by its SID; empty when it has ended or has none.</summary>
    IReadOnlyList<string> PhonesIn(string callSid);

    /// <summary>The SID of the call a phone is in, or that rings it; null for none.</summary>
    string? CallOf(string number);

    /// <summary>A phone's owner does something in a call.</summary>
    /// <returns>What forbids it, or null when it was done.</returns>
    string? Act(string callSid, string number, PhoneAct act);
}
