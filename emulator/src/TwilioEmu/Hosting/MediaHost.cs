using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using TwilioEmu.Composition;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Keeping;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Products.Conversations.Files;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Hosting;

/// <summary>
/// The host of conversations' files, <c>mcs.us1.twilio.com</c> (<c>/mcs</c> under other hosts): reads requests, and writes what the
/// service answers.
/// </summary>
/// <remarks>A body is read once its sender is admitted.</remarks>
internal static class MediaHost
{
    private const string Label = "mcs";
    private const string Prefix = "/" + Label;

    /// <summary>True for what is meant for the service.</summary>
    public static bool IsMedia(HttpRequest request) =>
        IsHost(request.Host.Host) || request.Path.StartsWithSegments($"{Prefix}/v1", StringComparison.Ordinal);

    [SuppressMessage("Design", "CA1031", Justification = "The host's boundary: a fault here is answered 500 and journalled.")]
    public static async Task AnswerAsync(House house, HttpContext context)
    {
        try
        {
            if (HttpMethods.IsOptions(context.Request.Method))
            {
                context.Response.Headers.Allow = "GET, HEAD, POST, DELETE, OPTIONS";
                return;
            }
            var request = Read(house, context.Request);
            var answer = await AskAsync(house, request, context.RequestAborted) ?? await TakeAsync(house, request, context);
            await WriteAsync(context, answer!);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // The client left; there is nobody to answer.
        }
        catch (Exception fault) when (!context.Response.HasStarted)
        {
            await WriteErrorAsync(context, ErrorOf(house, context, fault));
        }
    }

    private static async Task<MediaAnswer?> TakeAsync(House house, MediaRequest request, HttpContext context)
    {
        // Until it is kept, it is an upload.
        using var share = house.Uploads.Enter();
        var upload = await MediaBody.ReadAsync(context, share);
        return await AskAsync(house, request with { Upload = upload }, context.RequestAborted);
    }

    private static bool IsHost(string host) =>
        host.StartsWith($"{Label}.", StringComparison.OrdinalIgnoreCase)
        && (host.EndsWith(".twilio.com", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase));

    private static MediaRequest Read(House house, HttpRequest request)
    {
        var (path, prefix) = (request.Path.Value ?? "/", "");
        if (!IsHost(request.Host.Host)) (path, prefix) = (path[Prefix.Length..], Prefix);
        var (user, password, bearer) = house.Door.CredentialsOf(request);
        return new MediaRequest(request.Method, path, $"{request.Scheme}://{request.Host}{prefix}")
        {
            User = user,
            Password = password,
            Bearer = bearer,
            SdkToken = request.Headers["X-Twilio-Token"] is [{ Length: > 0 } token, ..] ? token : null,
            Expires = request.Query["Expires"],
            Signature = request.Query["Signature"] is [{ Length: > 0 } signature, ..] ? signature : null,
        };
    }

    private static async Task<MediaAnswer?> AskAsync(House house, MediaRequest request, CancellationToken cancellation)
    {
        var (world, service) = (house.World, house.Conversations.Media!);
        var answer = await world.Loop.RunOutsideAsync(() => Task.FromResult(service.Answer(request)), cancellation);
        if (answer is null) return null;
        if (answer.Changed > 0 && world.Keeper is { } keeper) await keeper.KeptAsync(answer.Changed);
        world.Clock.Note(answer.Changed > 0 ? Outside.Acted : Outside.Looked);
        return answer;
    }

    private static TwilioError ErrorOf(House house, HttpContext context, Exception fault)
    {
        switch (fault)
        {
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }: return ErrorCodes.Error(20413);
            case BadHttpRequestException bad: return new TwilioError(20001, bad.StatusCode, bad.Message);
            case NoRoomException full:
                house.World.Loop.TryPost(
                    static state =>
                    {
                        var (world, words) = ((World, string))state!;
                        world.Journal.Warn(AccountSid.None, "media", 0, words);
                    },
                    (house.World, full.Message));
                return ErrorCodes.Error(20503, full.Message);
            case InvalidDataException bad: return TwilioError.BadRequest(20001, bad.Message);
            // The world ends, or another takes its place.
            case OperationCanceledException or ObjectDisposedException: return ErrorCodes.Error(20503);
            // What is answered is kept; where it cannot be, that is said.
            case KeepingException: return ErrorCodes.Error(20500);
        }
        house.World.Loop.TryPost(
            static state =>
            {
                var (house, path, fault) = ((House, string, Exception))state!;
                house.World.Journal.TellOfFault(fault, path);
            },
            (house, context.Request.Path.Value ?? "", fault));
        return ErrorCodes.Error(20500);
    }

    private static Task WriteAsync(HttpContext context, MediaAnswer answer)
    {
        var response = context.Response;
        response.Headers.CacheControl = "no-store";
        if (answer.Refusal is { } refusal) return WriteErrorAsync(context, refusal);
        response.StatusCode = answer.Status;
        if (answer.Json is { } json) return WriteJsonAsync(context, json);
        if (answer.Bytes is { } bytes)
        {
            // Whatever was uploaded is no page of ours to a browser.
            response.Headers.XContentTypeOptions = "nosniff";
            response.Headers.ContentSecurityPolicy = "sandbox";
            return PartialContent.WriteAsync(context, answer.ContentType!, bytes);
        }
        if (answer.LeadsTo is { } address) response.Headers.Location = address;
        return Task.CompletedTask;
    }

    private static Task WriteErrorAsync(HttpContext context, TwilioError error)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body)) ErrorBody.Write(json, error);
        context.Response.StatusCode = error.Status;
        if (error.Status == StatusCodes.Status401Unauthorized) context.Response.Headers.WWWAuthenticate = "Basic realm=\"Twilio API\"";
        return WriteJsonAsync(context, body.WrittenMemory);
    }

    private static async Task WriteJsonAsync(HttpContext context, ReadOnlyMemory<byte> json)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = json.Length;
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.Body.WriteAsync(json, context.RequestAborted);
    }
}
