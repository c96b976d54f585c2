using TwilioEmu.Carrier.Codes;
using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Carrier.Switching;

/// <summary>A text on its way through the carrier, whole: the carrier joins and splits segments out of sight.</summary>
/// <param name="Account">The account that sends or owns it; <see cref="AccountSid.None"/> for a phone's own text.</param>
/// <param name="Subject">The MessageSid it belongs to, or empty for a phone's own text.</param>
/// <param name="From">E.164, short code, alphanumeric sender, or a channel's address.</param>
/// <param name="To">E.164, short code, or a channel's address.</param>
/// <param name="Body">Text, up to 1600 characters.</param>
/// <param name="MediaUrls">Where its media are.</param>
/// <param name="Cause">Seq of the entry it follows from.</param>
public sealed record TextMessage(
    AccountSid Account, string Subject, string From, string To, string Body, IReadOnlyList<string> MediaUrls, long Cause)
{
    /// <summary>The one-time code that its sender knows to be in it; null where none was told, and the reader looks for one.</summary>
    public CodeFound? Code { get; init; }

    /// <summary>What a channel shows around its words; null for plain text.</summary>
    public RichContent? Content { get; init; }

    /// <summary>What a phone's owner did instead of writing; null for a text that was written.</summary>
    public RichAct? Act { get; init; }

    /// <summary>The name its sender goes by on the channel; null for none.</summary>
    public string? ProfileName { get; init; }

    /// <summary>The user name its sender has on WhatsApp instead of showing their number; null for who shows it.</summary>
    public string? UserName { get; init; }
}
