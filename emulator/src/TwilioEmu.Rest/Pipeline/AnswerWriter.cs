using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Paging;

namespace TwilioEmu.Rest.Pipeline;

/// <summary>Renders answers and writes them with the headers the live service has.</summary>
/// <remarks>
/// Runs on request threads. A body is rendered whole into a pooled buffer, so that it has a length and a fault in a face is still a clean
/// 500. A long list is sent in parts as its reader takes them (chunked), so that one who does not read costs a part and not the list.
/// </remarks>
internal sealed class AnswerWriter
{
    // Bigger buffers (long list pages) are left to the collector.
    private const int MaxPooledBytes = 256 * 1024;

    // What is rendered before any of it is sent.
    private const int MaxPart = 128 * 1024;

    private static readonly JsonWriterOptions Relaxed = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly ConcurrentQueue<Sheet> _sheets = new();

    /// <summary>
    /// Answers OPTIONS. Which pages may read answers is the host's to say: the live service
    /// lets all (twilio.com/docs/usage/requests-to-twilio), where no credentials are known.
    /// </summary>
    public static void WriteOptions(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentLength = 0;
        response.Headers.Allow = "GET, POST, PUT, PATCH, DELETE, OPTIONS";
    }

    /// <summary>Writes what the pending's turn answered.</summary>
    public async Task WriteAsync(HttpContext http, PendingRequest pending, int concurrent, TimeSpan duration)
    {
        var response = http.Response;
        WriteHeaders(response.Headers, pending, concurrent, duration);
        var operation = pending.Route.Operation;
        var format = AnswerFormats.Of(pending.Route);
        switch (pending.Answer)
        {
            case Answer.NoContent:
                // One DELETE of all the documents is promised a 200.
                response.StatusCode = operation is { Status: 200, Shape: null } ? StatusCodes.Status200OK : StatusCodes.Status204NoContent;
                return;
            case Answer.Redirect redirect:
                response.StatusCode = redirect.Status;
                response.Headers.Location = redirect.Location;
                if (redirect.Face is not null) break;
                response.ContentLength = 0;
                return;
            case Answer.Bytes bytes:
                response.StatusCode = bytes.Status;
                response.ContentType = bytes.ContentType;
                await WriteFileAsync(http, bytes.Body);
                return;
            case Answer.Made file:
                response.StatusCode = StatusCodes.Status200OK;
                response.ContentType = file.ContentType;
                await WriteFileAsync(http, file.Make());
                return;
            case Answer.File file:
                var content = await file.MakeAsync(http.RequestAborted);
                if (content.Fault is { } missing) await WriteErrorAsync(http, missing, AnswerFormat.Json);
                else await PartialContent.WriteAsync(http, file.ContentType, content.Bytes);
                return;
            case Answer.Refusal { Error: var error }:
                if (error.Status == StatusCodes.Status401Unauthorized) response.Headers.WWWAuthenticate = "Basic realm=\"Twilio API\"";
                if (error.Limit is var (limit, after))
                {
                    response.Headers.RetryAfter = Math.Ceiling(after.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                    response.Headers["Twilio-Reached-Rate-Limit"] = limit;
                }
                await WriteErrorAsync(http, error, format);
                return;
        }

        var sheet = Take(operation!, pending.Route.BaseUrl);
        if (pending.Answer is not Answer.Redirect)
        {
            response.StatusCode = pending.Answer is Answer.Resource { Status: { } status } ? status : operation!.Status;
        }
        response.ContentType = AnswerFormats.ContentType(format, operation);
        var isParted = false;
        if (pending.Answer is Answer.List)
        {
            var filters = PageRequest.Filters(pending.Query.Values);
            Envelope.Open(sheet.Json, operation!, pending.Cut!, pending.Route.Path, filters, sheet.Writer.BaseUrl);
            var hasParts = format == AnswerFormat.Json && !HttpMethods.IsHead(http.Request.Method);
            foreach (var face in pending.Cut!.Faces)
            {
                FaceRenderer.Write(sheet.Json, operation!.Shape!, face, sheet.Writer);
                if (!hasParts || sheet.Size <= MaxPart) continue;
                await response.BodyWriter.WriteAsync(sheet.Finish(), http.RequestAborted);
                sheet.Empty();
                isParted = true;
            }
            Envelope.Close(sheet.Json, operation!, pending.Cut!, pending.Route.Path, filters);
        }
        else
        {
            if (pending.Answer is Answer.Resource { ETag: { } tag }) response.Headers.ETag = tag;
            var face = pending.Answer is Answer.Redirect { Face: { } shown } ? shown : ((Answer.Resource)pending.Answer).Face;
            FaceRenderer.Write(sheet.Json, operation!.Shape!, face, sheet.Writer);
        }
        if (isParted) await response.BodyWriter.WriteAsync(sheet.Finish(), http.RequestAborted);
        else await WriteBodyAsync(http, format switch
        {
            AnswerFormat.Xml => XmlBody.Of(sheet.Finish(), operation!, pending.Answer is Answer.List),
            AnswerFormat.Csv => CsvBody.Of(sheet.Finish(), operation!, pending.Answer is Answer.List),
            _ => sheet.Finish(),
        });
        GiveBack(sheet);
    }

    /// <summary>Writes an error body; CSV has none, and gets the API's own format (inferred).</summary>
    public async Task WriteErrorAsync(HttpContext http, TwilioError error, AnswerFormat format)
    {
        if (format != AnswerFormat.Json)
        {
            http.Response.StatusCode = error.Status;
            http.Response.ContentType = AnswerFormats.ContentType(AnswerFormat.Xml, null);
            await WriteBodyAsync(http, XmlBody.Of(error));
            return;
        }
        var sheet = Take(null, "");
        ErrorBody.Write(sheet.Json, error);
        http.Response.StatusCode = error.Status;
        http.Response.ContentType = "application/json";
        await WriteBodyAsync(http, sheet.Finish());
        GiveBack(sheet);
    }

    /// <summary>A file, or the part of it that was asked for: 206, and 416 for a part it does not have (RFC 9110 §14).</summary>
    private static ValueTask WriteFileAsync(HttpContext http, ReadOnlyMemory<byte> body)
    {
        var response = http.Response;
        if (response.StatusCode != StatusCodes.Status200OK || !HttpMethods.IsGet(http.Request.Method)) return WriteBodyAsync(http, body);
        response.Headers.AcceptRanges = "bytes";
        var range = ByteRange.Read(http.Request.Headers.Range, body.Length, out var isUnsatisfiable);
        if (isUnsatisfiable)
        {
            response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            response.Headers.ContentRange = $"bytes */{body.Length}";
            return WriteBodyAsync(http, default);
        }
        if (range is not var (first, count)) return WriteBodyAsync(http, body);
        response.StatusCode = StatusCodes.Status206PartialContent;
        response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {first}-{first + count - 1}/{body.Length}");
        return WriteBodyAsync(http, body.Slice(first, count));
    }

    private static ValueTask WriteBodyAsync(HttpContext http, ReadOnlyMemory<byte> body)
    {
        http.Response.ContentLength = body.Length;
        if (HttpMethods.IsHead(http.Request.Method)) return ValueTask.CompletedTask;
        var writing = http.Response.BodyWriter.WriteAsync(body, http.RequestAborted);
        if (!writing.IsCompletedSuccessfully) return new ValueTask(writing.AsTask());
        writing.GetAwaiter().GetResult();
        return ValueTask.CompletedTask;
    }

    private static void WriteHeaders(IHeaderDictionary headers, PendingRequest pending, int concurrent, TimeSpan duration)
    {
        headers["Twilio-Request-Id"] = pending.RequestId;
        headers["Twilio-Request-Duration"] = Seconds(duration);
        headers["Twilio-Concurrent-Requests"] = concurrent == 1 ? One : concurrent.ToString(CultureInfo.InvariantCulture);
        headers["X-Home-Region"] = "us1";
        headers["X-Api-Domain"] = "api.twilio.com";
        headers["X-Powered-By"] = "AT-5000";
        headers["X-Shenanigans"] = "none";
        if (pending.Warnings.Count > 0) headers[WarningHeader] = new StringValues([.. pending.Warnings.Select(Ascii)]);
    }

    /// <summary>The emulator's own header: what the request asked for and does not get here, one value for each warning.</summary>
    private const string WarningHeader = "TwilioEmu-Warning";

    // Parameters' names stand in warnings, and headers are printable ASCII (RFC 9110, section 5.5).
    private static string Ascii(string text) => string.Create(text.Length, text, static (span, from) =>
    {
        for (var i = 0; i < span.Length; i++) span[i] = from[i] is >= ' ' and <= '~' ? from[i] : '?';
    });

    private static readonly StringValues One = "1";

    /// <summary>Seconds with three decimals.</summary>
    private static string Seconds(TimeSpan duration)
    {
        var milliseconds = (long)duration.TotalMilliseconds;
        return milliseconds < ShortSeconds.Length
            ? ShortSeconds[milliseconds]
            : (milliseconds / 1000.0).ToString("0.000", CultureInfo.InvariantCulture);
    }

    // What nearly all requests take, spelt once.
    private static readonly string[] ShortSeconds = [.. Enumerable.Range(0, 100).Select(ms => $"0.{ms:000}")];

    private Sheet Take(Operation? operation, string baseUrl)
    {
        if (!_sheets.TryDequeue(out var sheet)) sheet = new Sheet();
        sheet.Begin(operation is null or { IsClassic: true }, baseUrl);
        return sheet;
    }

    private void GiveBack(Sheet sheet)
    {
        if (sheet.Capacity <= MaxPooledBytes) _sheets.Enqueue(sheet);
    }

    /// <summary>A buffer with its JSON writer, used again and again.</summary>
    private sealed class Sheet
    {
        private readonly ArrayBufferWriter<byte> _buffer = new(2048);

        public Sheet()
        {
            Json = new Utf8JsonWriter(_buffer, Relaxed);
            Writer = new FaceWriter(Json, usesRfc2822: true, "");
        }

        public Utf8JsonWriter Json { get; }

        public FaceWriter Writer { get; private set; }

        public int Capacity => _buffer.Capacity;

        /// <summary>Bytes that lie here.</summary>
        public long Size => _buffer.WrittenCount + Json.BytesPending;

        /// <summary>Makes room for what is rendered next, in the same document.</summary>
        public void Empty() => _buffer.ResetWrittenCount();

        public void Begin(bool usesRfc2822, string baseUrl)
        {
            _buffer.ResetWrittenCount();
            Json.Reset();
            if (Writer.UsesRfc2822 != usesRfc2822 || Writer.BaseUrl != baseUrl) Writer = new FaceWriter(Json, usesRfc2822, baseUrl);
        }

        public ReadOnlyMemory<byte> Finish()
        {
            Json.Flush();
            return _buffer.WrittenMemory;
        }
    }
}
