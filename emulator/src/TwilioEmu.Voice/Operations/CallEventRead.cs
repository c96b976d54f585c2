using System.Globalization;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Webhooks.Exchanges;

namespace TwilioEmu.Voice.Operations;

/// <summary>The events of a call: every request to the app about it with its answer, oldest first, read from the journal.</summary>
/// <remarks>Loop-confined. twilio.com/docs/voice/api/call-event-resource. They last as long as the journal keeps them. The live list
/// has the REST requests about the call too.</remarks>
internal sealed class CallEventRead(CallServices services)
{
    public Answer List(RestRequest request)
    {
        if (services.Book.Records(request.Account).Find(request.PathValues["CallSid"]) is not { } call) return Answer.NotFound(request);
        return new Answer.List(after =>
            From(call, after).Select(e =>
                (e.Seq.ToString(CultureInfo.InvariantCulture), (IFace)new EventFace(PastExchange.EndedBy(services.World.Journal, e)!))));
    }

    private IEnumerable<Entry> From(Call call, string? after)
    {
        var journal = services.World.Journal;
        var start = after is not null && long.TryParse(after, CultureInfo.InvariantCulture, out var seq) ? seq : 0;
        return journal.After(start, new Selection(Subject: call.Sid)).Where(e => PastExchange.EndedBy(journal, e) is not null);
    }

    private sealed class EventFace(PastExchange exchange) : IFace
    {
        public void WriteProperty(string property, FaceWriter to)
        {
            var json = to.Json;
            switch (property)
            {
                case "request":
                    json.WriteStartObject();
                    json.WriteString("method", exchange.Method);
                    json.WriteString("url", exchange.Url);
                    json.WriteStartObject("parameters");
                    foreach (var (name, value) in exchange.Parameters) json.WriteString(SnakeCase(name), value);
                    json.WriteEndObject();
                    json.WriteEndObject();
                    break;
                case "response":
                    json.WriteStartObject();
                    if (exchange.Status is { } status) json.WriteNumber("response_code", status);
                    else json.WriteNull("response_code");
                    json.WriteNumber("request_duration", (long)exchange.Took.TotalMilliseconds);
                    json.WriteString("content_type", exchange.ContentType);
                    json.WriteString("response_body", exchange.Body);
                    json.WriteString("date_created", TwilioDates.ToRfc2822(exchange.At));
                    json.WriteEndObject();
                    break;
            }
        }

        /// <summary>As the live resource spells the parameters: <c>call_sid</c>.</summary>
        private static string SnakeCase(string name)
        {
            var text = new System.Text.StringBuilder(name.Length + 4);
            for (var i = 0; i < name.Length; i++)
            {
                if (char.IsAsciiLetterUpper(name[i]) && i > 0 && char.IsAsciiLetterLower(name[i - 1])) text.Append('_');
                text.Append(char.ToLowerInvariant(name[i]));
            }
            return text.ToString();
        }
    }
}
