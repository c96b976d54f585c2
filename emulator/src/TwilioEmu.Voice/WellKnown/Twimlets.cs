using System.Collections.Frozen;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Voice.WellKnown;

/// <summary>Twilio's twimlets: small documents made of the parameters of their URL.</summary>
/// <remarks>
/// Pure. Parameters: twilio.com/labs/twimlets; what each of them answers, stage by stage: the notes on the live scripts in
/// twilio-labs/function-templates (funlet-*). Voicemail sends no e-mail from here.
/// </remarks>
internal static class Twimlets
{
    private static readonly FrozenDictionary<string, Func<TwimletRequest, AppAnswer>> All =
        new Dictionary<string, Func<TwimletRequest, AppAnswer>>
        {
            ["echo"] = Echo,
            ["message"] = Message,
            ["menu"] = Menu,
            ["forward"] = Forward,
            ["callme"] = CallMe,
            ["simulring"] = Simulring,
            ["findme"] = FindMe,
            ["whisper"] = Whisper,
            ["voicemail"] = Voicemail,
            ["conference"] = Conference,
            ["holdmusic"] = HoldMusic,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The answer; null for a twimlet that there is none of.</summary>
    public static AppAnswer? Answer(TwimletRequest request) => All.GetValueOrDefault(request.Name)?.Invoke(request);

    /// <summary><c>Twiml</c>: the document itself.</summary>
    private static AppAnswer Echo(TwimletRequest r) => new(200, "text/xml", r.Any("Twiml"));

    /// <summary><c>Message</c>, or <c>Message[0]</c> and on: each spoken, or played where it is a URL.</summary>
    private static AppAnswer Message(TwimletRequest r) =>
        WellKnownApp.Twiml(string.Concat(r.List("Message").Select(m => Uttered(m.Value))));

    /// <summary><c>Message</c>, <c>Options[key]</c>: goes where the keys pressed lead, asks again for any others.</summary>
    private static AppAnswer Menu(TwimletRequest r)
    {
        var options = r.List("Options");
        var apology = "";
        if (r.Any("Digits") is { Length: > 0 } digits)
        {
            if (options.FirstOrDefault(o => o.Key == digits).Value is { } chosen) return Elsewhere(chosen);
            apology = "<Say>I'm sorry, that wasn't a valid option.</Say>";
        }
        var length = options.Select(o => o.Key.Length).Append(1).Max();
        return WellKnownApp.Twiml($"""{apology}<Gather numDigits="{length}">{Uttered(r.Query("Message"))}</Gather><Redirect/>""");
    }

    /// <summary><c>PhoneNumber</c>, <c>CallerId</c>, <c>FailUrl</c>, <c>Timeout</c> (20), <c>AllowedCallers</c>.</summary>
    private static AppAnswer Forward(TwimletRequest r)
    {
        if (Returned(r) is { } done) return done;
        var allowed = r.List("AllowedCallers").Select(a => Digits(a.Value)).ToList();
        if (allowed.Count > 0 && !allowed.Any(a => a == Digits(CallerOf(r)) || a == Digits(CalledOf(r))))
        {
            return WellKnownApp.Twiml("<Say>Sorry, you are calling from a restricted number. Good bye.</Say>");
        }
        var callerId = r.HasQuery("CallerId") ? $""" callerId="{Escaped(r.Query("CallerId"))}" """.TrimEnd() : "";
        var failUrl = r.Any("FailUrl") is { Length: > 0 } url ? $"&FailUrl={Encoded(url)}" : "";
        var action = Escaped($"/forward?Dial=true{failUrl}");
        return WellKnownApp.Twiml(
            $"""<Dial action="{action}" timeout="{TimeoutOf(r)}"{callerId}>{Escaped(r.Query("PhoneNumber"))}</Dial>""");
    }

    /// <summary><c>PhoneNumber</c>, <c>Message</c>, <c>FailUrl</c>, <c>Timeout</c> (20): answers through a whisper.</summary>
    private static AppAnswer CallMe(TwimletRequest r)
    {
        if (Returned(r) is { } done) return done;
        var failUrl = r.Has("FailUrl") ? $"&FailUrl={Encoded(r.Any("FailUrl"))}" : "";
        var whisper = Escaped($"whisper?Message={Encoded(r.Query("Message"))}");
        return WellKnownApp.Twiml(
            $"""<Dial action="{Escaped($"/callme?Dial=true{failUrl}")}" timeout="{TimeoutOf(r)}">"""
                + $"""<Number url="{whisper}">{Escaped(r.Query("PhoneNumber"))}</Number></Dial>""");
    }

    /// <summary>
    /// <c>PhoneNumbers</c>, <c>Message</c>, <c>FailUrl</c>, <c>Timeout</c> (20): all ring at once, each answers through a whisper.
    /// </summary>
    private static AppAnswer Simulring(TwimletRequest r)
    {
        if (Returned(r) is { } done) return done;
        var numbers = r.List("PhoneNumbers").Select(n => n.Value).Order(StringComparer.Ordinal);
        var whisper = Escaped($"whisper?Message={Encoded(r.Any("Message"))}");
        var action = Escaped($"/simulring?Dial=true&FailUrl={Encoded(r.Any("FailUrl"))}");
        return WellKnownApp.Twiml(
            $"""<Dial action="{action}" timeout="{TimeoutOf(r)}">"""
            + string.Concat(numbers.Select(n => $"""<Number url="{whisper}">{Escaped(n)}</Number>""")) + "</Dial>");
    }

    /// <summary>
    /// <c>PhoneNumbers</c>, <c>Message</c>, <c>FailUrl</c>, <c>Timeout</c> (60): one after the other, each screened by a key. Of more than
    /// ten numbers the live script keeps those after the tenth (its log, FIND-ME-1-5).
    /// </summary>
    private static AppAnswer FindMe(TwimletRequest r)
    {
        if (r.Has("Dial") && IsAnswered(r)) return WellKnownApp.Twiml("<Hangup/>");
        var numbers = r.List("PhoneNumbers").Select(n => n.Value).ToList();
        if (numbers.Count > 10) numbers.RemoveRange(0, 10);
        var failUrl = r.Any("FailUrl");
        if (numbers.Count == 0) return failUrl.Length > 0 ? Elsewhere(failUrl) : WellKnownApp.Twiml("<Hangup/>");
        var message = Encoded(r.Any("Message"));
        var more = $"FailUrl={Encoded(failUrl)}&Timeout={Encoded(r.Any("Timeout"))}&Message={message}";
        var rest = string.Concat(numbers.Skip(1).Select(n => $"&PhoneNumbers%5B%5D={Encoded(n)}"));
        return WellKnownApp.Twiml(
            $"""<Dial action="{Escaped($"/findme?Dial=true&{more}{rest}")}" timeout="{TimeoutOf(r, "60")}">"""
                + $"""<Number url="{Escaped($"whisper?Message={message}&HumanCheck=1")}">{Escaped(numbers[0])}</Number></Dial>""");
    }

    /// <summary>
    /// <c>Message</c>, <c>HumanCheck</c>: asks the called party for a key; with the check a party who presses none is hung up.
    /// </summary>
    private static AppAnswer Whisper(TwimletRequest r)
    {
        if (r.Has("Digits")) return WellKnownApp.Twiml(r.Any("Digits").Length > 0 ? "" : "<Hangup/>");
        var caller = string.Concat(CallerOf(r).Select(c => c == ' ' ? " " : $"{c}. "));
        var message = r.Query("Message") is { Length: > 0 } given ? given
            : $"You are receiving a call from {caller}.  Press any key to accept.";
        return WellKnownApp.Twiml($"""<Gather numDigits="1">{Uttered(message)}</Gather>{(r.Has("HumanCheck") ? "<Hangup/>" : "")}""");
    }

    /// <summary><c>Email</c>, <c>Message</c>, <c>Transcribe</c> (true): a greeting and a recording.</summary>
    private static AppAnswer Voicemail(TwimletRequest r)
    {
        if (r.Any("TranscriptionStatus").ToLowerInvariant() is "completed" or "failed") return new AppAnswer(200, null, "");
        if (r.Any("RecordingUrl").Length > 0) return WellKnownApp.Twiml("<Say>Thanks. Good bye.</Say><Hangup/>");
        var greeting = Uttered(r.Query("Message") is { Length: > 0 } message ? message : "Please leave a message after the beep.");
        var isTranscribed = r.Query("Transcribe") is "" || r.Query("Transcribe").Equals("true", StringComparison.OrdinalIgnoreCase);
        var transcribe = isTranscribed
            ? $""" transcribe="true" transcribeCallback="{Escaped($"{r.Script}?Email={r.Query("Email")}")}" """.TrimEnd()
            : "";
        return WellKnownApp.Twiml($"{greeting}<Record{transcribe}/>");
    }

    /// <summary>
    /// <c>Name</c>, <c>Moderators</c>, <c>Password</c>, <c>Message</c>, <c>Music</c>, <c>EnableSmsNotifications</c>.
    /// </summary>
    private static AppAnswer Conference(TwimletRequest r)
    {
        if (r.Query("Password") is { Length: > 0 } password && r.Any("Digits") != password)
        {
            return WellKnownApp.Twiml(
                $"""<Gather numDigits="{Math.Max(3, password.Length)}">"""
                    + "<Say>Please enter your conference pass code</Say></Gather><Redirect/>");
        }
        var moderators = r.List("Moderators").Select(m => Digits(m.Value)).ToList();
        var isModerator = moderators.Contains(Digits(CallerOf(r))) || moderators.Contains(Digits(CalledOf(r)));
        var starts = moderators.Count == 0 ? "" : isModerator ? " startConferenceOnEnter=\"true\"" : " startConferenceOnEnter=\"false\"";
        var music = r.Query("Music") switch
        {
            "classical" or "ambient" or "electronica" or "guitars" or "rock" or "soft-rock" =>
                $"http://twimlets.com/holdmusic?Bucket=com.twilio.music.{r.Query("Music")}",
            var url when IsUrl(url) => url,
            _ => null,
        };
        var wait = music is null ? "" : $""" waitUrl="{Escaped(music)}" waitMethod="GET" """.TrimEnd();
        var name = r.Query("Name") is { Length: > 0 } given ? given : NameOf(r.Query("Message") + string.Concat(moderators));
        var greeting = Uttered(r.Query("Message") is { Length: > 0 } message ? message : "You are now entering the conference line.");
        var told = isModerator || r.Query("EnableSmsNotifications") is "" or "0" ? "" : string.Concat(moderators.Select(m =>
            $"""<Message to="{m}">{Escaped(r.Any("Caller"))} has entered your conference.  Call the number this text came from to join."""
                + "</Message>"));
        return WellKnownApp.Twiml($"{told}{greeting}<Dial><Conference{wait}{starts}>{Escaped(name)}</Conference></Dial>");
    }

    /// <summary><c>Bucket</c>, <c>Message</c>: its songs, with the message after each, over and over.</summary>
    private static AppAnswer HoldMusic(TwimletRequest r)
    {
        if (r.Query("Bucket") is not { Length: > 0 } bucket) return WellKnownApp.Twiml("<Say>An S 3 bucket is required.</Say>");
        var songs = MusicBuckets.SongsOf(bucket);
        if (songs.Count == 0) return WellKnownApp.Twiml("<Say>Failed to fetch the hold music.</Say>");
        return WellKnownApp.Twiml(
            string.Concat(songs.Select(s => $"<Play>{Escaped(s)}</Play>{Uttered(r.Query("Message"))}")) + "<Redirect/>");
    }

    /// <summary>What follows a Dial: the end, or the URL for failures; null where there was no Dial yet.</summary>
    private static AppAnswer? Returned(TwimletRequest r)
    {
        if (!r.Has("Dial") || (r.Any("DialCallStatus").Length == 0 && r.Any("DialStatus").Length == 0)) return null;
        return IsAnswered(r) || r.Any("FailUrl") is not { Length: > 0 } failUrl ? WellKnownApp.Twiml("<Hangup/>") : Elsewhere(failUrl);
    }

    private static bool IsAnswered(TwimletRequest r) => r.Any("DialCallStatus") == "completed" || r.Any("DialStatus") == "answered";

    private static AppAnswer Elsewhere(string url) => new(302, null, "") { Headers = [new("Location", url)] };

    private static string TimeoutOf(TwimletRequest r, string usual = "20") =>
        Escaped(r.Any("Timeout") is { Length: > 0 } seconds ? seconds : usual);

    private static string CallerOf(TwimletRequest r) => r.Any("From") is { Length: > 0 } from ? from : r.Any("Caller");

    private static string CalledOf(TwimletRequest r) => r.Any("To") is { Length: > 0 } to ? to : r.Any("Called");

    /// <summary>Ten digits of a number of the United States, all digits of any other.</summary>
    private static string Digits(string number)
    {
        var digits = string.Concat(number.Where(char.IsAsciiDigit));
        return digits is ['1', ..] && digits.Length == 11 ? digits[1..] : digits;
    }

    private static bool IsUrl(string text) => text.StartsWith("http", StringComparison.OrdinalIgnoreCase);

    private static string Uttered(string message) =>
        message.Length == 0 ? "" : IsUrl(message) ? $"<Play>{Escaped(message)}</Play>" : $"<Say>{Escaped(message)}</Say>";

#pragma warning disable CA5351 // It is a name that apps may have written down, and no secret.
    private static string NameOf(string facts) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(facts)));
#pragma warning restore CA5351

    /// <summary>As in a form: the live scripts' <c>Custom+message</c>.</summary>
    private static string Encoded(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);

    private static string Escaped(string text) => SecurityElement.Escape(text);
}
