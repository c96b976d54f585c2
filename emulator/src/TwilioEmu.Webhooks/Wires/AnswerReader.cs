using System.Buffers;
using System.IO.Compression;
using TwilioEmu.Webhooks.Wires.Connecting;

namespace TwilioEmu.Webhooks.Wires;

/// <summary>Reads an answer's head and its body up to a limit, restarting the clock of silence with every packet.</summary>
internal static class AnswerReader
{
    private const int BlockSize = 8 * 1024;

    public static async Task<WireAnswer> ReadAsync(HttpResponseMessage response, WireLimits limits, Deadline deadline)
    {
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var (name, values) in response.Headers.NonValidated) foreach (var value in values) headers.Add(new(name, value));
        foreach (var (name, values) in response.Content.Headers.NonValidated) foreach (var value in values) headers.Add(new(name, value));
        var answer = new WireAnswer
        {
            Status = (int)response.StatusCode,
            Headers = headers,
            IsChunked = response.Headers.NonValidated.Contains("Transfer-Encoding"),
        };
        answer = answer with { ContentType = answer.Header("Content-Type") };
        var limit = limits.BytesOf(answer.ContentType);
        if (response.Content.Headers.ContentLength == 0) return answer;
        try
        {
            var body = await ReadBodyAsync(response, answer.Header("Content-Encoding"), limit, deadline).ConfigureAwait(false);
            return answer with { Body = body.Length > limit ? body.AsMemory(0, limit) : body, IsBodyCut = body.Length > limit };
        }
        catch (Exception thrown) when (thrown is HttpRequestException or IOException or InvalidDataException)
        {
            return answer with { Fault = WireFaults.From(thrown, WireStage.Answer, target: null) };
        }
    }

    /// <returns>The body, or, when it is longer than the limit, its first limit + 1 bytes or somewhat more.</returns>
    private static async Task<byte[]> ReadBodyAsync(HttpResponseMessage response, string? encoding, int limit, Deadline deadline)
    {
        var raw = await response.Content.ReadAsStreamAsync(deadline.Token).ConfigureAwait(false);
        await using var stream = Decompress(raw, encoding);
        var buffer = new ArrayBufferWriter<byte>(Math.Min(BlockSize, limit + 1));
        while (buffer.WrittenCount <= limit)
        {
            deadline.ExpectMore();
            var count = await stream.ReadAsync(buffer.GetMemory(BlockSize), deadline.Token).ConfigureAwait(false);
            if (count == 0) break;
            buffer.Advance(count);
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Twilio offers <c>gzip,deflate</c> (twilio.com/docs/messaging/twiml); deflate on the web is zlib (RFC 9110 8.4.1.2).</summary>
    private static Stream Decompress(Stream raw, string? encoding) => encoding?.Trim().ToLowerInvariant() switch
    {
        "gzip" or "x-gzip" => new GZipStream(raw, CompressionMode.Decompress),
        "deflate" => new ZLibStream(raw, CompressionMode.Decompress),
        _ => raw,
    };
}
