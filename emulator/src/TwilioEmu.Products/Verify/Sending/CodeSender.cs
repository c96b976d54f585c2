using TwilioEmu.Accounts.Billing;
using TwilioEmu.Accounts.Numbers.Plans;
using TwilioEmu.Carrier.Codes;
using TwilioEmu.Carrier.Mail;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Products.Verify.Attempts;
using TwilioEmu.Products.Verify.Verifications;
using TwilioEmu.Voice;
using TwilioEmu.Voice.Calls;

namespace TwilioEmu.Products.Verify.Sending;

/// <summary>Brings codes to people: by SMS, WhatsApp, call or e-mail.</summary>
/// <remarks>
/// Loop-confined. Senders are Verify's own, so that texts and calls stand in no account's lists; a messaging
/// configuration of the service sends from the app's (twilio.com/docs/verify/api/messaging-configuration).
/// </remarks>
internal sealed class CodeSender(
    VerifyShelf shelf, AttemptBook attempts, Exchange exchange, Mailboxes mail, VoiceProduct voice, IPriceBook prices) : IReceipts
{
    /// <summary>Verify's short code in North America.</summary>
    public const string ShortCode = "22395";

    /// <summary>Its name elsewhere (help.twilio.com, "Verify default sender IDs").</summary>
    public const string SenderId = "TWVerify";

    /// <summary>Its WhatsApp sender.</summary>
    public const string WhatsAppSender = "whatsapp:+14157234000";

    private const string MailFrom = "verify@twilio.com";

    // Spoken so often that it can be written down.
    private const int TimesSpoken = 2;

    /// <summary>Sends a code and makes the attempt that tells of it.</summary>
    /// <param name="verification">Whose code; the attempt's SID is in its last send.</param>
    /// <param name="code">With what words.</param>
    /// <param name="cause">Seq of the entry it follows from.</param>
    public void Send(Verification verification, CodeOnItsWay code, long cause)
    {
        var sid = verification.Sends[^1].AttemptSid;
        var isMail = code.Channel == "email";
        var attempt = new Attempt
        {
            Sid = sid,
            Account = verification.Account,
            ServiceSid = verification.ServiceSid,
            VerificationSid = verification.Sid,
            To = verification.To,
            Channel = code.Channel,
            Country = isMail ? null : NumberPlans.CountryOf(verification.To),
            CodeLength = code.Code.Length,
            Locale = code.Locale,
            Created = shelf.Now,
            Updated = shelf.Now,
            Price = code.Channel switch
            {
                "sms" => prices.OfMessage(ShortCode, verification.To, isInbound: false, 1, isMms: false),
                "call" => prices.OfCallMinute(CodeCallerNumber, verification.To, isInbound: false),
                _ => 0,
            },
        };
        var made = attempts.Add(attempt, cause);
        switch (code.Channel)
        {
            case "call": Call(attempt, code, made.Seq); break;
            case "email": Mail(attempt, code, made); break;
            case "whatsapp":
                Text(attempt, code, code.WhatsAppFrom ?? WhatsAppSender, "whatsapp:" + code.To, CodeWords.WhatsApp(code), made.Seq); break;
            default: Text(attempt, code, SenderTo(attempt), code.To, CodeWords.Text(code), made.Seq); break;
        }
    }

    /// <inheritdoc/>
    public void Accepted(TextMessage text) => attempts.Report(text.Account, text.Subject, "sent", 0, text.Cause);

    /// <inheritdoc/>
    public void Refused(TextMessage text, int errorCode) => attempts.Report(text.Account, text.Subject, "failed", errorCode, text.Cause);

    /// <inheritdoc/>
    public void Delivered(TextMessage text) => attempts.Report(text.Account, text.Subject, "delivered", 0, text.Cause);

    /// <inheritdoc/>
    public void Undelivered(TextMessage text, int errorCode) =>
        attempts.Report(text.Account, text.Subject, "undelivered", errorCode, text.Cause);

    private const string CodeCallerNumber = "+14157234000";

    /// <summary>A configuration of the country goes before that of all countries.</summary>
    private string SenderTo(Attempt attempt)
    {
        foreach (var country in (string?[])[attempt.Country, "all"])
        {
            if (country is null
                || shelf.MessagingConfiguration(attempt.Account, attempt.ServiceSid, country)?["messaging_service_sid"] is not { } service)
            {
                continue;
            }
            if (shelf.SenderOf(attempt.Account, service) is { } own) return own;
        }
        return attempt.To.StartsWith("+1", StringComparison.Ordinal) ? ShortCode : SenderId;
    }

    private void Text(Attempt attempt, CodeOnItsWay code, string from, string to, string body, long cause)
    {
        var text = new TextMessage(
            attempt.Account, attempt.Sid, from, to, body, [], cause)
        { Code = new CodeFound(code.Code, code.Service) };
        exchange.MessageLine(code.To).Submit(text, this);
    }

    private void Call(Attempt attempt, CodeOnItsWay code, long cause)
    {
        var call = new SpokenCode(
            code.To, code.SendDigits, code.AsksForKey ? CodeWords.Question(code) : null, CodeWords.Spoken(code), TimesSpoken,
            (status, news) => attempts.Report(attempt.Account, attempt.Sid, status, 0, news), cause);
        voice.Speak(call);
    }

    private void Mail(Attempt attempt, CodeOnItsWay code, Entry made)
    {
        var sentence = CodeWords.Text(code with { AppHash = null, Template = null });
        var variables = new Dictionary<string, string>
        {
            ["twilio_code"] = code.Code,
            ["twilio_message"] = sentence,
            ["twilio_message_without_code"] = Languages.Sentence(code.Locale, code.Service, "").TrimEnd(),
            ["twilio_service_name"] = code.Service,
        };
        foreach (var (name, value) in code.Substitutions) variables[name] = value;
        var email = new Email(
            shelf.World.Sids.New("EM"), attempt.Account, code.To, code.Email.From ?? MailFrom, code.Email.FromName ?? code.Service,
            $"{code.Service} verification code", sentence, code.Email.TemplateId, variables)
        {
            At = shelf.Now,
            Code = new CodeFound(code.Code, code.Service),
        };
        attempts.Report(attempt.Account, attempt.Sid, "delivered", 0, mail.Receive(email, made.Seq));
    }
}
