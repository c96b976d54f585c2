using TwilioEmu.Accounts.Attaching;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Messaging;
using TwilioEmu.Voice;
using TwilioEmu.Voice.Directory;

namespace TwilioEmu.Products.CallTexts;

/// <summary>Texts that calls send: <c>&lt;Sms&gt;</c> in a call's document.</summary>
/// <remarks>Loop-confined. Joins the two rooms that do not know each other.</remarks>
public sealed class CallTextsProduct(MessagingProduct messaging, VoiceProduct voice) : IProduct, ITextSender
{
    /// <inheritdoc/>
    public void Attach(Floor floor) => voice.Attach(this);

    /// <inheritdoc/>
    public SentText Send(AccountSid account, string from, string to, string body, string? statusCallback, long cause)
    {
        var (message, code, why) = messaging.SendInCall(account, from, to, body, statusCallback, cause);
        return new SentText(message?.Sid, code, why);
    }
}
