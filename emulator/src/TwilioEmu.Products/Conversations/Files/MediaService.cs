using System.Buffers;
using System.Text.Json;
using TwilioEmu.Accounts.Attaching;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Conversations.Files;

/// <summary>
/// The media service of conversations and Chat (MCS), at <c>mcs.us1.twilio.com</c>: no part of the public OpenAPI documents.
/// </summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/conversations/api/media-resource; <c>X-Twilio-Token</c>, <c>Category</c> and sets as npm
/// @twilio/mcs-client 1.0.1 asks for them; that a file can be deleted is recalled. Who may write messages may upload.
///
/// | asked | with credentials | with a token of an SDK | with a link's signature |
/// |---|---|---|---|
/// | POST Media, MediaSet | yes | yes | no |
/// | GET Media/ME, its Content | yes | yes | the latter |
/// | DELETE Media/ME | yes | no | no |
/// </remarks>
public sealed class MediaService
{
    /// <summary>Bytes of one file (twilio.com/docs/conversations/media-support-conversations).</summary>
    public const int MaxFile = 150 * 1024 * 1024;

    // As REST is called there (twilio.com/docs/conversations/api/media-resource).
    private const string Uploader = "sender";
    private const string UsualCategory = "media";

    // Bounds of ours: no source names any.
    private const int MaxSet = 100;
    private const int MaxSetBytes = 64 * 1024;
    private const int MaxName = 256;

    // npm @twilio/mcs-client 1.0.1, MediaCategory.
    private static readonly string[] Categories = [UsualCategory, "body", "history"];

    private readonly Floor _floor;
    private readonly ConversationBook _book;
    private readonly ConversationFiles _files;
    private readonly ChatMessages _chat;
    private readonly Func<AccountSid, string> _defaultServiceOf;
    private readonly FileFace _face;
    private readonly Operation _asForReading;
    private readonly Operation _asForWriting;

    internal MediaService(
        Floor floor, ConversationBook book, ConversationFiles files, ChatMessages chat, Func<AccountSid, string> defaultServiceOf)
    {
        (_floor, _book, _files, _chat, _defaultServiceOf) = (floor, book, files, chat, defaultServiceOf);
        _face = new FileFace(floor.Accounts.TokenOf);
        var operations = floor.Catalog.Find("conversations_v1")!.Operations;
        _asForReading = operations.Single(o => o.Id == "FetchServiceConversationMessage");
        _asForWriting = operations.Single(o => o.Id == "CreateServiceConversationMessage");
    }

    /// <summary>Answers; null where a body is wanted, who sends it may, and it was not read yet.</summary>
    public MediaAnswer? Answer(MediaRequest request)
    {
        if (MediaPlace.Of(request.Path) is not { } place) return Missing(request);
        var isRead = request.Method is "GET" or "HEAD";
        if (isRead && place.Kind == MediaPlace.Target.Content && request.Signature is not null) return Follow(request, place);
        if (Admit(request, place, isRead, out var refusal) is not var (account, author)) return Refuse(refusal!);
        if (!IsService(account, place.Service)) return Missing(request);
        if ((request.Method, place.Kind) is ("POST", MediaPlace.Target.Files or MediaPlace.Target.Set))
        {
            if (request.Upload is not { } upload) return null;
            return place.Kind == MediaPlace.Target.Set
                ? ShowSet(request, account, place, upload)
                : Keep(request, account, place, author, upload);
        }
        var takesDelete = request.Method == "DELETE" && place.Kind == MediaPlace.Target.File;
        if (place.Sid is null || (!isRead && !takesDelete)) return Refuse(ErrorCodes.Error(20004));
        if (_files.Find(account, place.Service, place.Sid) is not { } file) return Missing(request);
        if (!takesDelete && place.Kind == MediaPlace.Target.Content) return Content(request, file);
        if (!takesDelete) return Show(200, request, file);
        if (request.SdkToken is not null) return Refuse(ErrorCodes.Error(20403));
        return new MediaAnswer(204) { Changed = _files.Remove(file, 0) };
    }

    private bool IsService(AccountSid account, string sid) =>
        _book.ServicesOf(account).Contains(sid) || _chat.IsService(account, sid) || _defaultServiceOf(account) == sid;

    private (AccountSid Account, string Author)? Admit(MediaRequest request, MediaPlace place, bool isRead, out TwilioError? refusal)
    {
        if (request.SdkToken is { } token)
        {
            if (_floor.Accounts.ReadSdkToken(token, out refusal) is not { } visitor) return null;
            if (visitor.ChatService == place.Service) return (visitor.Account, visitor.Identity);
            refusal = ErrorCodes.Error(20106);
            return null;
        }
        var attempt = new AccessAttempt(isRead ? _asForReading : _asForWriting)
        {
            User = request.User,
            Password = request.Password,
            Bearer = request.Bearer,
        };
        if (_floor.Accounts.Admit(attempt, out refusal) is not { } principal)
        {
            refusal ??= ErrorCodes.Error(20003);
            return null;
        }
        if (!principal.IsTest) return (principal.Account, Uploader);
        refusal = ErrorCodes.Error(20008, "Resource not accessible with Test Account Credentials");
        return null;
    }

    private MediaAnswer Keep(MediaRequest request, AccountSid account, MediaPlace place, string author, MediaUpload upload)
    {
        if (upload.Content.Length > MaxFile) return Refuse(TooLarge(MaxFile));
        if (upload.Content.IsEmpty) return Refuse(TwilioError.BadRequest(20001, "The file is empty: it is the body of the request"));
        if (upload.Name is { Length: > MaxName })
        {
            return Refuse(TwilioError.BadRequest(20001, $"Filename is longer than {MaxName} characters"));
        }
        var category = upload.Category ?? UsualCategory;
        if (!Categories.Contains(category))
        {
            return Refuse(TwilioError.BadRequest(20001, $"Category is {string.Join(", ", Categories)}, not {Quote.Short(category)}"));
        }
        var (file, changed) = _files.Upload(account, place.Service, upload with { Category = category }, author);
        return Show(201, request, file) with { Changed = changed };
    }

    /// <summary><c>{"command":"get","list":[{"media_sid":"ME..."}]}</c>, answered <c>[{"code":200,"media_record":{...}}]</c>.</summary>
    private MediaAnswer ShowSet(MediaRequest request, AccountSid account, MediaPlace place, MediaUpload upload)
    {
        if (upload.Content.Length > MaxSetBytes) return Refuse(TooLarge(MaxSetBytes));
        if (SidsOf(upload.Content) is not { Count: <= MaxSet } sids)
        {
            return Refuse(TwilioError.BadRequest(
                20001, $"A set is {{\"command\":\"get\",\"list\":[{{\"media_sid\":\"ME...\"}}]}}, of {MaxSet} files at most"));
        }
        return Json(200, json =>
        {
            json.WriteStartArray();
            foreach (var sid in sids)
            {
                var file = _files.Find(account, place.Service, sid);
                json.WriteStartObject();
                json.WriteNumber("code", file is null ? 404 : 200);
                json.WritePropertyName("media_record");
                if (file is not null)
                {
                    _face.Write(json, file, request.BaseUrl, _book.Now);
                }
                else
                {
                    json.WriteStartObject();
                    json.WriteString("sid", sid);
                    json.WriteEndObject();
                }
                json.WriteEndObject();
            }
            json.WriteEndArray();
        });
    }

    private static List<string>? SidsOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonText.Parse(body);
            if (json.RootElement is not { ValueKind: JsonValueKind.Object } root || TextOf(root, "command") != "get"
                || !root.TryGetProperty("list", out var list) || list.ValueKind != JsonValueKind.Array)
            {
                return null;
            }
            var sids = list.EnumerateArray().Select(item => TextOf(item, "media_sid")).ToList();
            return sids.Contains(null) ? null : [.. sids.OfType<string>()];
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? TextOf(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>A temporary link, which asks for no credentials; an account that is not active has none that opens (inferred).</summary>
    private MediaAnswer Follow(MediaRequest request, MediaPlace place)
    {
        foreach (var account in _floor.World.Store.OwnersOf(ConversationFile.Table.Name).ToList())
        {
            if (_files.Find(account, place.Service, place.Sid!) is not { } file) continue;
            return _floor.Accounts.Find(account) is { } owner && _floor.Accounts.IsActive(owner)
                && _face.Opens(file, request.Expires, request.Signature!, _book.Now)
                ? Content(request, file)
                : Refuse(new TwilioError(20403, 403, "The link is good no longer, or was changed"));
        }
        return Missing(request);
    }

    private MediaAnswer Content(MediaRequest request, ConversationFile file)
    {
        if (_files.BytesOf(file) is { } bytes) return new MediaAnswer(200) { Bytes = bytes, ContentType = file.Content.ContentType };
        return file.Content.Url.StartsWith("http", StringComparison.OrdinalIgnoreCase)
            ? new MediaAnswer(307) { LeadsTo = file.Content.Url }
            : Missing(request);
    }

    private MediaAnswer Show(int status, MediaRequest request, ConversationFile file) =>
        Json(status, json => _face.Write(json, file, request.BaseUrl, _book.Now));

    private static MediaAnswer Json(int status, Action<Utf8JsonWriter> write)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body)) write(json);
        return new MediaAnswer(status) { Json = body.WrittenMemory };
    }

    private static MediaAnswer Missing(MediaRequest request) => Refuse(TwilioError.NotFound(request.Path));

    private static TwilioError TooLarge(int most) => new(20413, 413, $"Request Entity Too Large: at most {most} bytes are taken");

    private static MediaAnswer Refuse(TwilioError error) => new(error.Status) { Refusal = error };
}
