using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Messaging.Channels;

/// <summary>Lets phones into WhatsApp's sandbox and out of it, and tells whose sandbox a phone is in.</summary>
/// <remarks>
/// twilio.com/docs/whatsapp/sandbox: who texts <c>join CODE</c> is in for three days; a phone is in one sandbox of
/// an address at a time (inferred). The app hears nothing of it, nor of phones that are in none. Loop-confined.
/// </remarks>
internal sealed class SandboxDesk(World world, SessionBook sessions, Exchange exchange)
{
    private const string JoinWord = "join ";

    /// <summary>The sender a person's message is for; null where it was for the sandbox itself, or nobody's.</summary>
    public ChannelSender? Take(TextMessage text, IReadOnlyList<ChannelSender> senders)
    {
        if (senders.FirstOrDefault(s => s.JoinCode is null) is { } plain) return plain;
        var member = senders.FirstOrDefault(s => sessions.HasJoined(s.Account, s.Address, text.From));
        var body = text.Body.Trim();
        if (body.StartsWith(JoinWord, StringComparison.OrdinalIgnoreCase))
        {
            var code = body[JoinWord.Length..].Trim();
            if (senders.FirstOrDefault(s => string.Equals(s.JoinCode, code, StringComparison.OrdinalIgnoreCase)) is { } wanted)
            {
                if (member is not null && member.Account != wanted.Account)
                {
                    sessions.Leave(member.Account, member.Address, text.From, text.Cause);
                }
                Answer(
                    wanted.Account, text, $"You are connected to the sandbox {wanted.JoinCode}. Reply stop to leave it.",
                    sessions.Join(wanted.Account, wanted.Address, text.From, text.Cause));
                return null;
            }
        }
        if (member is null)
        {
            Answer(
                senders[0].Account, text,
                $"Your number {text.From} is not connected to a sandbox. Send join and its code first: {JoinWord}{senders[0].JoinCode}",
                text.Cause);
            return null;
        }
        if (!string.Equals(body, "stop", StringComparison.OrdinalIgnoreCase)) return member;
        Answer(
            member.Account, text, $"You have left the sandbox. Send {JoinWord}{member.JoinCode} to come back.",
            sessions.Leave(member.Account, member.Address, text.From, text.Cause));
        return null;
    }

    private void Answer(AccountSid account, TextMessage to, string body, long cause)
    {
        var answered = world.Journal.Write(
            account, ChannelEntries.Answered, to.From, cause, ("to", to.From), ("from", to.To), ("body", body));
        exchange.MessageLine(to.From).Submit(new TextMessage(account, "", to.To, to.From, body, [], answered.Seq), NoReceipts.Instance);
    }
}
