using System.Collections.Immutable;
using TwilioEmu.Twiml.Reading;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Detection;

namespace TwilioEmu.Voice.Verbs.Dialling;

/// <summary>Reads whom a Dial calls. Pure.</summary>
/// <remarks>
/// Attributes of each noun: twilio.com/docs/voice/twiml/number, client, sip, conference, queue, sim, whatsapp, dial/application.
/// </remarks>
internal static class DialNounReader
{
    private static readonly Dictionary<string, Func<TwimlElement, List<TwimlWarning>, DialNoun>> Readers = new(StringComparer.Ordinal)
    {
        ["Number"] = ReadNumber,
        ["Client"] = ReadClient,
        ["Sip"] = ReadSip,
        ["Conference"] = static (element, warnings) => new DialNoun.Conference(ConferenceSettings.Read(element, warnings)),
        ["Queue"] = ReadQueue,
        ["Sim"] = ReadSim,
        ["WhatsApp"] = ReadWhatsApp,
        ["Application"] = ReadApplication,
    };

    public static ImmutableArray<DialNoun> ReadAll(TwimlElement element, List<TwimlWarning> warnings)
    {
        var nouns = new List<DialNoun>();
        if (element.Text.Length > 0) nouns.Add(new DialNoun.Number(element.Text));
        foreach (var child in element.Elements)
        {
            if (Readers.TryGetValue(child.Name, out var read)) nouns.Add(read(child, warnings));
            else
            {
                warnings.Add(
                    new TwimlWarning(13215, $"<{child.Name}> may not stand in <Dial>; it is passed over", child.Line, child.Column));
            }
        }
        if (nouns.Count > Dial.MaxNouns)
        {
            // Of addresses there may be too many; of the rest there is no place for more (inferred).
            var code = nouns.Skip(Dial.MaxNouns).All(n => n is DialNoun.Sip) ? 13250 : 13215;
            warnings.Add(
                new TwimlWarning(code, $"<Dial> has {nouns.Count} parties, {Dial.MaxNouns} are called", element.Line, element.Column));
        }
        // A conference or a queue is dialled alone.
        if (nouns.Count > 1 && nouns.OfType<DialNoun.Conference>().FirstOrDefault() is { } room)
        {
            warnings.Add(
                new TwimlWarning(13000, "<Conference> stands alone in <Dial>; the others are passed over", element.Line, element.Column));
            return [room];
        }
        if (nouns.Count > 1 && nouns.Find(n => n is DialNoun.Queue or DialNoun.Application) is { } alone)
        {
            warnings.Add(
                new TwimlWarning(
                    13215, $"<{alone.GetType().Name}> stands alone in <Dial>; the others are passed over", element.Line, element.Column));
            return [alone];
        }
        return [.. nouns.Take(Dial.MaxNouns)];
    }

    private static DialNoun.Queue ReadQueue(TwimlElement element, List<TwimlWarning> warnings)
    {
        var a = new Attributes(element, warnings);
        var method = a.Text("method");
        var queue = new DialNoun.Queue(element.Text)
        {
            Url = a.Given("url"),
            Method = method?.ToUpperInvariant() == "GET" ? "GET" : "POST",
            InVain = [.. a.Present("reservationSid", "postWorkActivitySid")],
        };
        a.Done();
        VerbReader.NoElements(element, warnings);
        return method is not null && method.ToUpperInvariant() is not ("GET" or "POST") ? queue with
        {
            FaultCode = 14210,
            FaultMessage = $"Dial->Queue: Invalid method '{method}'",
        }
            : queue.Name.Length == 0
                ? queue with { FaultCode = 14212, FaultMessage = "Dial->Queue: queue name too short: it needs a character at least" }
            : queue.Name.Length > Queues.Queue.MaxNameLength ? queue with
            {
                FaultCode = 14213,
                FaultMessage =
                    $"Dial->Queue: queue name too long: {queue.Name.Length} characters, {Queues.Queue.MaxNameLength} are allowed",
            }
            : queue;
    }

    private static DialNoun.Sip ReadSip(TwimlElement element, List<TwimlWarning> warnings)
    {
        var a = new Attributes(element, warnings);
        var sip = new DialNoun.Sip(element.Text)
        {
            Line = element.Line,
            Username = a.Text("username"),
            Password = a.Text("password"),
            Url = a.Given("url"),
            Method = a.Method("method"),
            StatusCallback = a.Given("statusCallback"),
            StatusCallbackMethod = a.Method("statusCallbackMethod"),
            StatusCallbackEvents = ReadEvents(a),
            Detection = ReadDetection(a),
        };
        a.Done();
        VerbReader.NoElements(element, warnings);
        return sip;
    }

    private static DialNoun.Number ReadNumber(TwimlElement element, List<TwimlWarning> warnings)
    {
        var a = new Attributes(element, warnings);
        var number = new DialNoun.Number(element.Text)
        {
            Url = a.Given("url"),
            Method = a.Method("method"),
            SendDigits = a.Word("sendDigits"),
            StatusCallback = a.Given("statusCallback"),
            StatusCallbackMethod = a.Method("statusCallbackMethod"),
            StatusCallbackEvents = ReadEvents(a),
            Byoc = a.Given("byoc"),
            Detection = ReadDetection(a),
        };
        a.Done();
        VerbReader.NoElements(element, warnings);
        return number;
    }

    /// <summary>Who answers, beside the call; the callback as written.</summary>
    private static MachineDetection? ReadDetection(Attributes a)
    {
        var mode = a.Value("machineDetection");
        var detection = new MachineDetection
        {
            IsAsync = true,
            WaitsForEnd = mode == "DetectMessageEnd",
            Timeout = a.Seconds("machineDetectionTimeout"),
            SpeechThreshold = a.Milliseconds("machineDetectionSpeechThreshold"),
            SpeechEndThreshold = a.Milliseconds("machineDetectionSpeechEndThreshold"),
            SilenceTimeout = a.Milliseconds("machineDetectionSilenceTimeout"),
            Callback = a.Given("amdStatusCallback"),
            CallbackMethod = a.Method("amdStatusCallbackMethod"),
        };
        return mode is null ? null : detection;
    }

    private static CallEvent ReadEvents(Attributes a) =>
        a.Words("statusCallbackEvent").Aggregate(CallEvent.None, static (all, word) => all | CallEvents.Parse(word)!.Value);

    private static DialNoun.Client ReadClient(TwimlElement element, List<TwimlWarning> warnings)
    {
        var a = new Attributes(element, warnings);
        var (identity, parameters) = ReadNamed(element, "Identity", warnings);
        var client = new DialNoun.Client(identity)
        {
            Url = a.Given("url"),
            Method = a.Method("method"),
            StatusCallback = a.Given("statusCallback"),
            StatusCallbackMethod = a.Method("statusCallbackMethod"),
            StatusCallbackEvents = ReadEvents(a),
            Parameters = parameters,
            NotificationUrl = a.Given("clientNotificationUrl"),
        };
        a.Done();
        return client;
    }

    private static DialNoun.Application ReadApplication(TwimlElement element, List<TwimlWarning> warnings)
    {
        var a = new Attributes(element, warnings);
        var (sid, parameters) = ReadNamed(element, "ApplicationSid", warnings);
        var application = new DialNoun.Application(sid)
        {
            Parameters = parameters,
            CustomerId = a.Value("customerId") is { Length: > 0 } customer ? customer : null,
            CopiesParentTo = a.Bool("copyParentTo"),
            StatusCallback = a.Given("statusCallback"),
            StatusCallbackMethod = a.Method("statusCallbackMethod"),
            StatusCallbackEvents = ReadEvents(a),
            // Known to the SDKs alone: the app's own URLs rule.
            InVain = [.. a.Present("url")],
        };
        a.Done();
        return application;
    }

    private static DialNoun.Sim ReadSim(TwimlElement element, List<TwimlWarning> warnings)
    {
        new Attributes(element, warnings).Done();
        VerbReader.NoElements(element, warnings);
        return new DialNoun.Sim(element.Text);
    }

    private static DialNoun.WhatsApp ReadWhatsApp(TwimlElement element, List<TwimlWarning> warnings)
    {
        var a = new Attributes(element, warnings);
        var phone = new DialNoun.WhatsApp(element.Text)
        {
            Url = a.Given("url"),
            Method = a.Method("method"),
            StatusCallback = a.Given("statusCallback"),
            StatusCallbackMethod = a.Method("statusCallbackMethod"),
            StatusCallbackEvents = ReadEvents(a),
        };
        a.Done();
        VerbReader.NoElements(element, warnings);
        return phone;
    }

    /// <summary>A name as text or in an element of its own, and <c>&lt;Parameter name value&gt;</c>s beside it.</summary>
    private static (string Name, ImmutableArray<KeyValuePair<string, string>> Parameters) ReadNamed(
        TwimlElement element, string inner, List<TwimlWarning> warnings)
    {
        var name = element.Text;
        foreach (var child in element.Elements)
        {
            if (child.Name == inner) name = child.Text;
            else if (child.Name != "Parameter") warnings.Add(TwimlWarning.UnknownElement(child, element.Name));
        }
        return (name, ParameterReader.ReadAll(element, warnings));
    }
}
