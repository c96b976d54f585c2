using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using TwilioEmu.Composition;
using TwilioEmu.Products.Conversations.Files;

namespace TwilioEmu.Hosting;

/// <summary>Reads what is uploaded: the body itself, or the first file of a form (RFC 7578).</summary>
internal static class MediaBody
{
    private const string AnyType = "application/octet-stream";

    // RFC 6838 §4.2: 127 letters on either side of the slash.
    private const int MaxType = 255;

    // Headers and boundaries of a form beside its file.
    private const int FormRoom = 64 * 1024;

    // RFC 2046 §5.1.1.
    private const int MaxBoundary = 70;

    // Parts that are no file before the one that is.
    private const int MaxParts = 100;

    // Of a body's buffer at first.
    private const int FirstRoom = 64 * 1024;

    /// <param name="context">The request.</param>
    /// <param name="share">Grows with what comes.</param>
    /// <exception cref="InvalidDataException">The form has no file, or is none.</exception>
    /// <exception cref="NoRoomException">There is no room for it, or none now.</exception>
    /// <exception cref="BadHttpRequestException">It is too large, or breaks off.</exception>
    public static async Task<MediaUpload> ReadAsync(HttpContext context, UploadRoom.Share share)
    {
        var request = context.Request;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MediaService.MaxFile + FormRoom;
        }
        // One that cannot be kept is refused before it is read.
        if (request.ContentLength is { } told and <= MediaService.MaxFile + FormRoom && told > share.Most + FormRoom) share.Hold(told);
        var upload = MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && string.Equals(type.MediaType, "multipart/form-data", StringComparison.OrdinalIgnoreCase)
            ? await ReadFormAsync(request, type, share, context.RequestAborted)
            : new MediaUpload(TypeOf(type), await ReadAllAsync(request.Body, request.ContentLength, share, context.RequestAborted));
        return upload with
        {
            Name = request.Query["Filename"] is [{ Length: > 0 } name, ..] ? name : upload.Name,
            Category = request.Query["Category"] is [{ Length: > 0 } category, ..] ? category : null,
        };
    }

    private static async Task<MediaUpload> ReadFormAsync(
        HttpRequest request, MediaTypeHeaderValue type, UploadRoom.Share share, CancellationToken cancellation)
    {
        var boundary = type.Parameters.FirstOrDefault(p => p.Name.Equals("boundary", StringComparison.OrdinalIgnoreCase))?.Value?.Trim('"');
        if (boundary is not { Length: > 0 and <= MaxBoundary }) throw new InvalidDataException("The form's Content-Type names no boundary");
        var form = new MultipartReader(boundary, request.Body);
        try
        {
            for (var parts = 0; parts < MaxParts && await form.ReadNextSectionAsync(cancellation) is { } part; parts++)
            {
                if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var named)
                    || (named.FileNameStar ?? named.FileName) is not { } name)
                {
                    continue;
                }
                var ofPart = MediaTypeHeaderValue.TryParse(part.ContentType, out var own) ? own : null;
                return new MediaUpload(TypeOf(ofPart), await ReadAllAsync(part.Body, null, share, cancellation))
                {
                    Name = name.Trim('"') is { Length: > 0 } plain ? plain : null,
                };
            }
        }
        catch (IOException broken) when (broken is not BadHttpRequestException && !cancellation.IsCancellationRequested)
        {
            throw new InvalidDataException($"The form cannot be read: {broken.Message}", broken);
        }
        throw new InvalidDataException("The form has no file: a part with a file name is one");
    }

    /// <summary>Without its parameters; what is no type, or one of many kinds (<c>image/*</c>), is any.</summary>
    private static string TypeOf(MediaTypeHeaderValue? told) =>
        told?.MediaType is { Length: <= MaxType } type && !type.Contains('*', StringComparison.Ordinal) ? type : AnyType;

    /// <summary>The bytes, in one piece; room is made as they come, whatever their sender claims.</summary>
    private static async Task<ReadOnlyMemory<byte>> ReadAllAsync(
        Stream body, long? length, UploadRoom.Share share, CancellationToken cancellation)
    {
        var (content, count) = (Array.Empty<byte>(), 0);
        while (true)
        {
            if (count == content.Length)
            {
                var room = Math.Max(FirstRoom, 2L * count);
                // Whose length is known needs no more; one byte beyond tells the end.
                if (length is { } told && told > count) room = Math.Min(room, told + 1);
                room = Math.Min(room, Math.Max(share.Most + 1, count + 1L));
                share.Hold(room);
                Array.Resize(ref content, (int)room);
            }
            var got = await body.ReadAsync(content.AsMemory(count), cancellation);
            if (got == 0) break;
            count += got;
        }
        // What is kept is no larger than the file.
        if (content.Length - count > FormRoom) Array.Resize(ref content, count);
        return content.AsMemory(0, count);
    }
}
