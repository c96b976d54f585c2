using TwilioEmu.Accounts.Numbers.Plans;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Voice.Directory;

namespace TwilioEmu.Voice.Verbs.Dialling;

/// <summary>Somebody a Dial may call.</summary>
/// <param name="Noun">As the document has it.</param>
/// <param name="To">As REST spells addresses.</param>
/// <param name="CallerId">What the party is shown.</param>
internal sealed record DialCandidate(DialNoun.Number Noun, string To, string CallerId)
{
    /// <summary>What goes along.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>What the called side has as <c>To</c>; null for <see cref="To"/>.</summary>
    public string? ShownTo { get; init; }
}

/// <summary>Judges whom a Dial may call, and what each is shown.</summary>
/// <remarks>Loop-confined. twilio.com/docs/voice/twiml/dial and the pages of its nouns; codes: error dictionary 132xx.</remarks>
internal sealed class DialCandidates(Dial dial, VerbContext context)
{
    /// <summary>The calls to be made; what cannot be called has been told of.</summary>
    public List<DialCandidate> Judge()
    {
        var calls = new List<DialCandidate>();
        var number = CallerIdRule.Judge(dial.CallerId, context.Call, context.Numbers);
        if (number.CallerId is null && dial.Nouns.Any(IsNumber)) context.Warn(number.Code, number.Message);
        // The code of a number that is none (inferred): the list has none for nobody at all.
        if (dial.IsEmpty) context.Warn(13223, "Dial->Number: Invalid phone number format '': <Dial> names nobody, so nobody is called");
        foreach (var noun in dial.Nouns.OfType<DialNoun.Number>())
        {
            foreach (var what in noun.InVain) context.NotEmulated($"<Dial><{noun.GetType().Name} {what}>");
            var candidate = noun switch
            {
                DialNoun.Sip sip => OfSip(sip),
                DialNoun.Client client => OfClient(client),
                DialNoun.Application application => OfApplication(application),
                DialNoun.Sim sim => OfSim(sim, number.CallerId),
                DialNoun.WhatsApp phone => OfWhatsApp(phone),
                _ => OfNumber(noun, number.CallerId),
            };
            if (candidate is not null) calls.Add(candidate);
        }
        return calls;
    }

    /// <summary>The end of the call where there is nobody to call but parties of kinds that are not emulated, else null.</summary>
    public Next? WarnOfUnbuilt(bool isAlone)
    {
        Next? next = null;
        if (IsSipServed) return null;
        foreach (var sip in dial.Nouns.OfType<DialNoun.Sip>())
        {
            next = context.NotEmulated("<Dial><Sip> while nothing listens for SIP (--sip-port)", sip.Line, isAlone && next is null);
        }
        return isAlone && next is not null ? new Next.Unbuilt() : null;
    }

    private bool IsSipServed => context.Services.Exchange.Serves(AddressKind.Sip);

    /// <summary>True for what the telephone network reaches, and is shown a number that may be shown.</summary>
    private static bool IsNumber(DialNoun noun) => noun is DialNoun.Sim || noun.GetType() == typeof(DialNoun.Number);

    private DialCandidate? OfNumber(DialNoun.Number noun, string? callerId)
    {
        if (callerId is null) return null;
        var to = Address.ToE164(noun.Text);
        if (to is null)
        {
            context.Warn(13223, $"Dial->Number: Invalid phone number format '{noun.Text}'");
        }
        else if (!NumberPlans.HasCallingCode(to))
        {
            context.Warn(13226, $"Dial: Invalid country code: {to} begins with none that is known");
        }
        else if (!context.Numbers.MayCall(context.Call.Account, to))
        {
            context.Warn(13227, $"Dial: Geo Permission configuration is not permitting call to {to}");
        }
        else if (!context.Numbers.IsOpen(context.Call.Account, to))
        {
            context.Warn(21219, $"Dial: the number {to} is unverified: trial accounts call verified numbers only");
        }
        else
        {
            return new DialCandidate(noun, to, callerId);
        }
        return null;
    }

    private DialCandidate? OfSip(DialNoun.Sip sip)
    {
        if (!IsSipServed) return null;
        if ((sip.Username is null) != (sip.Password is null) || sip.Username is { Length: > DialNoun.Sip.MaxLoginLength }
            || sip.Password is { Length: > DialNoun.Sip.MaxLoginLength })
        {
            context.Warn(
                13249,
                $"Dial->Sip: Invalid username or password: each is there, with at most {DialNoun.Sip.MaxLoginLength} characters, "
                    + "or neither");
        }
        if (dial.CallerId is { Length: > CallerIdRule.MaxSipLength } shown)
        {
            context.Warn(13248, $"Dial: Invalid callerID, too long: {shown.Length} characters, {CallerIdRule.MaxSipLength} are allowed");
        }
        if (sip.Uri is { } uri) return new DialCandidate(sip, uri, CallerIdRule.OfSip(dial.CallerId, context.Call));
        context.Warn(13243, $"Dial->Sip: Invalid SIP URI '{sip.Text}'");
        return null;
    }

    private DialCandidate? OfClient(DialNoun.Client client)
    {
        // The list has no code for an identity that is none (inferred: that of a number that is none).
        if (client.IsValid)
        {
            return new DialCandidate(
                client, $"client:{client.Text}", CallerIdRule.OfClient(dial.CallerId, context.Call))
            { Parameters = client.Parameters };
        }
        context.Warn(13223, $"Dial->Client: Invalid identity '{client.Text}': 1 to 256 characters without blanks");
        return null;
    }

    /// <remarks>
    /// An app of another account has to let others in; the list has no code for
    /// one that does not (inferred: that of an app that is not there).
    /// </remarks>
    private DialCandidate? OfApplication(DialNoun.Application noun)
    {
        var (call, app) = (context.Call, context.Numbers.FindApplication(noun.Text));
        if (app is null || (app.Account != call.Account && !app.IsPublic))
        {
            var why = app is null
                ? "there is no such application"
                : "it is another account's, whose PublicApplicationConnectEnabled is false";
            context.Warn(21218, $"Dial->Application: Invalid ApplicationSid '{noun.Text}': {why}");
            return null;
        }
        return new DialCandidate(noun, $"app:{noun.Text}", string.IsNullOrEmpty(dial.CallerId) ? call.From : dial.CallerId)
        {
            ShownTo = noun.CopiesParentTo ? call.To : noun.Text,
            // The page names the parameter without spelling it (inferred).
            Parameters =
            [
                new("CustomerId", noun.CustomerId ?? call.Account.Value),
                .. noun.Parameters.Select(p => KeyValuePair.Create($"Param_{p.Key}", p.Value)),
            ],
        };
    }

    private DialCandidate? OfSim(DialNoun.Sim sim, string? callerId)
    {
        if (callerId is null) return null;
        if (SidMint.IsSid(sim.Text, ["DE", "HS"])) return new DialCandidate(sim, $"sim:{sim.Text}", callerId);
        context.Warn(13258, $"Dial->Sim: Invalid SIM SID '{sim.Text}'");
        return null;
    }

    /// <remarks>twilio.com/docs/voice/twiml/whatsapp: the caller ID is a WhatsApp sender, always.</remarks>
    private DialCandidate? OfWhatsApp(DialNoun.WhatsApp phone)
    {
        const string Scheme = "whatsapp:";
        if (dial.CallerId?.StartsWith(Scheme, StringComparison.Ordinal) != true
            || Address.ToE164(dial.CallerId[Scheme.Length..]) is not { } sender)
        {
            context.Warn(
                13214, $"Dial: Invalid callerId value '{dial.CallerId}': <WhatsApp> needs a WhatsApp sender, whatsapp:+14155550100");
            return null;
        }
        if (Address.ToE164(phone.Text.StartsWith(Scheme, StringComparison.Ordinal) ? phone.Text[Scheme.Length..] : phone.Text) is { } to)
        {
            return new DialCandidate(phone, Scheme + to, Scheme + sender);
        }
        context.Warn(13223, $"Dial->WhatsApp: Invalid phone number format '{phone.Text}'");
        return null;
    }
}
