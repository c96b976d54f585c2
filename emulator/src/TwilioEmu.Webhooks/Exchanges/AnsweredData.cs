using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Serialization;
using TwilioEmu.Webhooks.Delivery;
using TwilioEmu.Webhooks.Wires;

namespace TwilioEmu.Webhooks.Exchanges;

/// <summary>What <c>webhook.answered</c> and <c>webhook.failed</c> say: what came back, and every attempt that led there.</summary>
/// <remarks>
/// Documents are kept whole, since they were executed; of acknowledgements and errors only the first 2 KiB, of media nothing.
/// </remarks>
internal sealed class AnsweredData : IEntryData
{
    private const int AcknowledgementBytes = 2 * 1024;

    private static readonly DataForm<AnsweredData> Form = new((d, m) => new AnsweredData(d, m));

    private readonly int? _status;
    private readonly string _url;
    private readonly string? _contentType;
    private readonly Verdict _verdict;
    private readonly ImmutableArray<AttemptNote> _attempts;
    private readonly byte[] _headers;
    private readonly byte[] _body;
    private readonly int _bodyLength;

    public AnsweredData(WebhookRequest request, ExchangeResult result, bool isVirtual)
    {
        var answer = result.Answer;
        _status = answer.Status;
        _url = result.DocumentBase.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);
        _contentType = answer.ContentType;
        _verdict = result.Verdict;
        _attempts = result.Attempts;
        _headers = Pack(answer.Headers, isVirtual);
        _bodyLength = answer.Body.Length;
        var kept = request.IsMedia || SoundTypes.IsSound(answer.ContentType) ? 0
            : request.IsCallback || _verdict.Code != 0 ? AcknowledgementBytes
            : int.MaxValue;
        _body = answer.Body.Span[..Math.Min(kept, _bodyLength)].ToArray();
    }

    private AnsweredData(AnsweredData? d, Members m)
    {
        _status = m.NumberOrNull("status", d?._status);
        _url = m.Text("url", d?._url);
        _contentType = m.TextOrNull("content_type", d?._contentType);
        _verdict = new Verdict(m.Number("error_code", d?._verdict.Code), m.TextOrNull("error_message", d?._verdict.Message))
        {
            WarningCode = m.Number("warning_code", d?._verdict.WarningCode),
        };
        _attempts = [.. m.List<AttemptNote>("attempts", d?._attempts, AttemptNote.Walk)];
        _headers = Encoding.Latin1.GetBytes(m.Text("headers", d is null ? null : Encoding.Latin1.GetString(d._headers)));
        _body = Encoding.Latin1.GetBytes(m.Text("body", d is null ? null : Encoding.Latin1.GetString(d._body)));
        _bodyLength = m.Number("body_bytes", d?._bodyLength);
    }

    /// <inheritdoc/>
    public DataForm Packing => Form;

    /// <summary>The headers, a line each; null when there was no answer.</summary>
    public string? HeaderLines => _status is null ? null : Encoding.Latin1.GetString(_headers);

    public int? Status => _status;

    public string? ContentType => _contentType;

    /// <summary>What was kept of the body; null when there was no answer.</summary>
    public string? Body => _status is null ? null : Encoding.UTF8.GetString(_body);

    /// <summary>No answer, an error, or an answer that could not be used.</summary>
    public bool IsTrouble => _status is null or >= 400 || _verdict.Code != 0;

    public int Weight => _headers.Length + _body.Length + (2 * (_url.Length + (_verdict.Message?.Length ?? 0))) + (256 * _attempts.Length);

    public void WriteMembers(Utf8JsonWriter json)
    {
        if (_status is { } status) json.WriteNumber("status", status);
        else json.WriteNull("status");
        json.WriteString("url", _url);
        json.WriteString("content_type", _contentType);
        json.WriteNumber("error_code", _verdict.Code);
        json.WriteString("error_message", _verdict.Code == 0 ? null : _verdict.Message);
        JsonPairs.Write(json, "headers", Unpack(_headers));
        json.WriteString("body", Encoding.UTF8.GetString(_body));
        json.WriteNumber("body_bytes", _bodyLength);
        json.WriteStartArray("attempts");
        foreach (var attempt in _attempts) Write(json, attempt);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, AttemptNote attempt)
    {
        json.WriteStartObject();
        json.WriteString("method", attempt.Method);
        json.WriteString("url", attempt.Url);
        if (attempt.Status is { } status) json.WriteNumber("status", status);
        if (attempt.Code != 0) json.WriteNumber("error_code", attempt.Code);
        if (attempt.Message is not null) json.WriteString("error_message", attempt.Message);
        if (attempt.Cookies is not null) json.WriteString("cookie", attempt.Cookies);
        JsonPairs.Write(json, "headers", attempt.Headers);
        if (attempt.Elapsed is { } elapsed) json.WriteNumber("seconds", Math.Round(elapsed.TotalSeconds, 6));
        json.WriteEndObject();
    }

    /// <summary>Headers as one block of lines, a quarter of what pairs of strings would take in a long journal.</summary>
    /// <remarks>
    /// Under virtual time the app's <c>Date</c> is left out: it tells wall time, and two runs of one story must not differ.
    /// </remarks>
    private static byte[] Pack(IReadOnlyList<KeyValuePair<string, string>> headers, bool isVirtual)
    {
        var length = 0;
        foreach (var (name, value) in headers) if (!IsLeftOut(name, isVirtual)) length += name.Length + value.Length + 3;
        var lines = new byte[length];
        var end = 0;
        foreach (var (name, value) in headers)
        {
            if (IsLeftOut(name, isVirtual)) continue;
            end += Encoding.Latin1.GetBytes(name, lines.AsSpan(end));
            ": "u8.CopyTo(lines.AsSpan(end));
            end += 2 + Encoding.Latin1.GetBytes(value, lines.AsSpan(end + 2));
            lines[end++] = (byte)'\n';
        }
        return lines;
    }

    private static bool IsLeftOut(string name, bool isVirtual) =>
        isVirtual && string.Equals(name, "Date", StringComparison.OrdinalIgnoreCase);

    private static List<KeyValuePair<string, string>> Unpack(byte[] lines)
    {
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var line in Encoding.Latin1.GetString(lines).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers.Add(new(line[..colon], line[(colon + 2)..]));
        }
        return headers;
    }
}
