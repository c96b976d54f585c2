using TwilioEmu.Testing.Houses;
using TwilioEmu.Voice.Directory;
using TwilioEmu.Webhooks.Delivery;
using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.Callbacks;

/// <summary>Every URL that a document or a call by REST may name, and the attribute or parameter that says how it is asked.</summary>
/// <remarks>
/// Sources: the page of each verb and noun below twilio.com/docs/voice/twiml; twilio.com/docs/voice/api/call-resource, recording,
/// conference-participant-resource.
/// </remarks>
public sealed class RequestMethodTests
{
    private const string Keys = "1#";

    /// <summary>Verbs in which <c>%</c> is the method; <c>/asked</c> is the URL that is asked by it.</summary>
    public static TheoryData<string, string> Verbs => new()
    {
        { "method", "<Redirect %>/asked</Redirect>" },
        { "method", "<Gather action='/asked' %/>" },
        { "partialResultCallbackMethod", "<Gather input='speech' partialResultCallback='/asked' %/>" },
        { "method", "<Record action='/asked' %/>" },
        { "recordingStatusCallbackMethod", "<Record action='/next' recordingStatusCallback='/asked' %/>" },
        { "method", $"<Dial action='/asked' %>{Friend}</Dial>" },
        { "recordingStatusCallbackMethod", $"<Dial record='record-from-answer' recordingStatusCallback='/asked' %>{Friend}</Dial>" },
        { "method", $"<Dial><Number url='/asked' %>{Friend}</Number></Dial>" },
        { "statusCallbackMethod", $"<Dial><Number statusCallback='/asked' %>{Friend}</Number></Dial>" },
        { "amdStatusCallbackMethod", $"<Dial><Number machineDetection='Enable' amdStatusCallback='/asked' %>{Friend}</Number></Dial>" },
        { "method", "<Dial><Client url='/asked' %>ada</Client></Dial>" },
        { "statusCallbackMethod", "<Dial><Client statusCallback='/asked' %>ada</Client></Dial>" },
        { "method", $"<Dial callerId='whatsapp:{Number}'><WhatsApp url='/asked' %>{Friend}</WhatsApp></Dial>" },
        { "statusCallbackMethod", $"<Dial callerId='whatsapp:{Number}'><WhatsApp statusCallback='/asked' %>{Friend}</WhatsApp></Dial>" },
        { "statusCallbackMethod", "<Dial><Application statusCallback='/asked' %>AP1</Application></Dial>" },
        { "waitMethod", "<Dial><Conference waitUrl='/asked' %>room</Conference></Dial>" },
        { "statusCallbackMethod",
            "<Dial><Conference waitUrl='' statusCallback='/asked' statusCallbackEvent='join' %>room</Conference></Dial>" },
        { "waitUrlMethod", "<Enqueue waitUrl='/asked' %>support</Enqueue>" },
        { "method", "<Enqueue waitUrl='/leaves' action='/asked' %>support</Enqueue>" },
        { "method", "<Sms to='nobody' action='/asked' %>hello</Sms>" },
        { "statusCallbackMethod", "<Pay statusCallback='/asked' action='/next' timeout='1' %/>" },
        { "statusCallbackMethod", "<Start><Transcription statusCallbackUrl='http://app/asked' %/></Start><Pause length='3'/>" },
        { "recordingStatusCallbackMethod",
            "<Start><Recording recordingStatusCallback='http://app/asked' %/></Start><Say>Hello to you all</Say>" },
    };

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task A_document_says_how_each_URL_is_asked(string attribute, string verbs)
    {
        foreach (var method in (string?[])[null, "GET", "post"])
        {
            await using var house = await BuildAsync();
            house.Twiml("/voice", verbs.Replace("%", method is null ? "" : $"{attribute}='{method}'"));
            var asked = await PlayAsync(house, () => house.DialAsync(Waits(1), Says("hello to everybody there"), Presses(Keys), Waits(40)));
            asked.Should().StartWith(method?.ToUpperInvariant() ?? "POST", "{0} of {1} is {2}", attribute, verbs, method);
        }
    }

    /// <summary>Parameters of a call by REST.</summary>
    public static TheoryData<string, string, string> Parameters => new()
    {
        { "Method", "Url", "" },
        { "FallbackMethod", "FallbackUrl", "Url=http://app/broken" },
        { "StatusCallbackMethod", "StatusCallback", "" },
        { "AsyncAmdStatusCallbackMethod", "AsyncAmdStatusCallback", "MachineDetection=Enable;AsyncAmd=true" },
        { "RecordingStatusCallbackMethod", "RecordingStatusCallback", "Record=true;Trim=do-not-trim" },
    };

    [Theory]
    [MemberData(nameof(Parameters))]
    public async Task A_call_by_REST_says_how_each_URL_is_asked(string parameter, string url, string more)
    {
        foreach (var method in (string?[])[null, "GET"])
        {
            await using var house = await BuildAsync();
            house.Twiml("/voice", "<Pause length='9'/>");
            house.Page("/broken", static _ => new AppAnswer(500, "text/html", ""));
            List<(string, string)> form = [
                (url, "http://app/asked"),
                .. more.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(p => (p.Split('=')[0], p[(p.IndexOf('=') + 1)..]))];
            if (method is not null) form.Add((parameter, method));
            var asked = await PlayAsync(house, () => house.CreateAsync([.. form]));
            asked.Should().StartWith(method ?? "POST");
        }
    }

    [Theory, InlineData("GET"), InlineData("POST")]
    public async Task A_number_says_how_each_URL_is_asked(string method)
    {
        await using var house = await BuildAsync();
        var asked = new List<string>();
        foreach (var path in (string[])["/number", "/cover", "/told"])
        {
            house.Page(path, r =>
            {
                asked.Add($"{r.Method} {path}");
                return path == "/number" ? new AppAnswer(500, "text/html", "") : new AppAnswer(200, "text/xml", "<Response/>");
            });
        }
        await house.Do(() => house.Own(new VoiceNumber(Account, "PN2", Number)
        {
            VoiceUrl = "http://app/number",
            VoiceMethod = method,
            FallbackUrl = "http://app/cover",
            FallbackMethod = method,
            StatusCallback = "http://app/told",
            StatusCallbackMethod = method,
        }));
        await house.DialAsync(Waits(5));
        await house.AdvanceAsync(60);
        asked.Should().Equal($"{method} /number", $"{method} /cover", $"{method} /told");
    }

    /// <summary>The method of the first request for <c>/asked</c>; null where there was none.</summary>
    private static async Task<string?> PlayAsync(VoiceHouse house, Func<Task> begin)
    {
        string? asked = null;
        house.Page("/asked", r =>
        {
            asked ??= r.Method;
            return new AppAnswer(200, "text/xml", "<Response/>");
        });
        house.Twiml("/leaves", "<Leave/>");
        house.Twiml("/application", "<Say>Hello</Say>");
        house.Behave(Friend, new() { Script = [Says("hello"), Waits(5), HangsUp] });
        house.Behave("client:ada", new() { Script = [Waits(5), HangsUp] });
        await begin();
        await house.AdvanceAsync(90);
        return asked;
    }
}
