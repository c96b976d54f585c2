using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Voice.Directory;

/// <summary>Sends texts for calls; the product that knows messages.</summary>
/// <remarks>Loop-confined.</remarks>
public interface ITextSender
{
    /// <summary>Sends a text.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="from">E.164.</param>
    /// <param name="to">E.164.</param>
    /// <param name="body">Its words.</param>
    /// <param name="statusCallback">Absolute; null for none.</param>
    /// <param name="cause">Seq of the entry it follows from.</param>
    SentText Send(AccountSid account, string from, string to, string body, string? statusCallback, long cause);
}

/// <summary>What became of a text that a call sent.</summary>
/// <param name="Sid">Null where none was sent.</param>
/// <param name="Code">Twilio's error then, else 0.</param>
/// <param name="Why">In words.</param>
public sealed record SentText(string? Sid, int Code, string Why);
