using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Errors;

namespace TwilioEmu.Rest.Pipeline;

/// <summary>Reads a request's body into parameters, within bounds.</summary>
/// <remarks>
/// Old SDKs send multipart/form-data (redirection 2), all others x-www-form-urlencoded. JSON sent to a form operation counts as no
/// parameters, as on the live service (twilio.com/docs/usage/twilios-response), and is journalled as a warning.
/// </remarks>
internal static class FormReader
{
    /// <summary>The largest body taken. Twilio names no figure; the largest documented parameter is far below.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>The body as parameters, or the refusal that says why not.</summary>
    public static async ValueTask<ParsedForm> ReadAsync(HttpRequest request, Operation operation, CancellationToken cancellation)
    {
        if (request.ContentLength is 0 || (request.ContentLength is null && !request.Headers.ContainsKey("Transfer-Encoding")))
        {
            return ParsedForm.Empty;
        }
        if (request.ContentLength > MaxBytes) return ParsedForm.Refuse(TooLarge());
        if (request.Headers.ContentEncoding.Count > 0 && request.Headers.ContentEncoding != "identity")
        {
            return ParsedForm.Refuse(new TwilioError(20001, 415, $"Content-Encoding '{request.Headers.ContentEncoding}' is not taken"));
        }

        var reader = request.BodyReader;
        while (true)
        {
            ReadResult read;
            try
            {
                read = await reader.ReadAsync(cancellation);
            }
            catch (IOException broken) when (broken is not BadHttpRequestException && !cancellation.IsCancellationRequested)
            {
                // Chunks that are none (RFC 9112 7.1): the server tells of some as of a broken connection.
                return ParsedForm.Refuse(TwilioError.BadRequest(20001, $"the body cannot be read: {broken.Message}"));
            }
            if (read.Buffer.Length > MaxBytes)
            {
                reader.AdvanceTo(read.Buffer.End);
                return ParsedForm.Refuse(TooLarge());
            }
            if (read.IsCompleted)
            {
                var form = Parse(read.Buffer, request.ContentType, operation);
                reader.AdvanceTo(read.Buffer.End);
                return form;
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static ParsedForm Parse(in ReadOnlySequence<byte> body, string? contentType, Operation operation)
    {
        if (body.IsSingleSegment) return Parse(body.FirstSpan, contentType, operation);
        var rented = ArrayPool<byte>.Shared.Rent((int)body.Length);
        body.CopyTo(rented);
        var form = Parse(rented.AsSpan(0, (int)body.Length), contentType, operation);
        ArrayPool<byte>.Shared.Return(rented);
        return form;
    }

    private static ParsedForm Parse(ReadOnlySpan<byte> body, string? contentType, Operation operation)
    {
        var type = contentType.AsSpan();
        var semicolon = type.IndexOf(';');
        var media = (semicolon < 0 ? type : type[..semicolon]).Trim();
        if (body.IsEmpty) return ParsedForm.Empty;
        if (operation.Body == BodyKind.Json && !media.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            return JsonBody.Parse(body, media, contentType);
        }
        if (media.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) || media.IsEmpty)
        {
            return UrlEncoded.Parse(body, operation, ParameterPlace.Form);
        }
        if (media.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            return Multipart.Parse(body, type[(semicolon + 1)..], operation);
        }
        if (media.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            return new ParsedForm(FormValues.Empty, null, null)
            {
                Warning = "a JSON body was sent to an operation that reads forms: taken as no parameters",
            };
        }
        return ParsedForm.Refuse(new TwilioError(
            20001, 415, $"Content-Type '{contentType}' is not taken; send application/x-www-form-urlencoded"));
    }

    private static TwilioError TooLarge() => new(20413, 413, $"Request Entity Too Large: at most {MaxBytes} bytes are read");
}
