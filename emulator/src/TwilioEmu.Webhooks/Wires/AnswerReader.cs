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
        // RFC 9110 6.4.1: most callbacks are answered so, and a buffer for each would be the largest thing they cost.
        if (answer.Status is 204 or 304 || response.Content.Headers.ContentLength == 0) return answer;
        try
        {
            var body = await ReadBodyAsync(response, answer.Header("Content-Encoding"), limit, deadline).ConfigureAwait(false);
            return answer with { Body = body.Length > limit ? body[..limit] : body, IsBodyCut = body.Length > limit };
        }
        catch (Exception thrown) when (thrown is HttpRequestException or IOException or InvalidDataException)
        {
            return answer with { Fault = WireFaults.From(thrown, WireStage.Answer, target: null) };
        }
    }

    /// <summary>Whether a body that is encoded so comes out as it was written.</summary>
    public static bool Undoes(string encoding) => encoding.ToLowerInvariant() is "gzip" or "x-gzip" or "deflate" or "identity" or "";

    /// <returns>The body, or, when it is longer than the limit, its first limit + 1 bytes or somewhat more.</returns>
    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(
        HttpResponseMessage response, string? encoding, int limit, Deadline deadline)
    {
        var raw = await response.Content.ReadAsStreamAsync(deadline.Token).ConfigureAwait(false);
        await using var stream = Decompress(raw, encoding);
        // One more than is promised, so that the end is seen without growing.
        var size = stream == raw && response.Content.Headers.ContentLength is { } length ? length + 1 : BlockSize;
        var buffer = new ArrayBufferWriter<byte>((int)Math.Min(Math.Min(size, BlockSize), limit + 1L));
        while (buffer.WrittenCount <= limit)
        {
            deadline.ExpectMore();
            var count = await stream.ReadAsync(buffer.GetMemory(1), deadline.Token).ConfigureAwait(false);
            if (count == 0) break;
            buffer.Advance(count);
        }
        return buffer.WrittenMemory;
    }

    /// <summary>
    /// Twilio offers <c>gzip,deflate</c> (twilio.com/docs/messaging/twiml); deflate on the web is zlib (RFC 9110 8.4.1.2).
    /// </summary>
    private static Stream Decompress(Stream raw, string? encoding) => encoding?.Trim().ToLowerInvariant() switch
    {
        "gzip" or "x-gzip" => new GZipStream(raw, CompressionMode.Decompress),
        "deflate" => new ZLibStream(raw, CompressionMode.Decompress),
        _ => raw,
    };
}
