using System.Text.Json.Nodes;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Conversations.Files;

/// <summary>
/// Messages of Chat v2, from which conversations came: text or a file of the same media service, and whether they were edited.
/// </summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/chat/rest/message-resource, /media-support: a message has one file at most, and is called
/// <c>media</c> then. Chat's services are kept apart from those of conversations here; the media service knows both.
/// </remarks>
internal sealed class ChatMessages
{
    /// <summary>The API has two names (twilio.com/docs/chat/rest); what is kept is the same.</summary>
    public static readonly string[] Documents = ["chat_v2", "ip_messaging_v2"];

    // twilio.com/docs/api/errors/50507, 50508, 50509.
    private const int NoFile = 50507;
    private const int SentBefore = 50508;
    private const int BodyOfFile = 50509;

    private readonly ConversationFiles _files;
    private readonly ConversationBook _book;
    private readonly StoredCollection _services;
    private readonly StoredCollection _channels;
    private readonly StoredCollection _messages;
    private readonly ConversationNumbers _numbers;

    public ChatMessages(ConversationBook book, StoredDocuments stored, ConversationFiles files)
    {
        (_book, _files) = (book, files);
        _services = stored.Of(Documents[0], "/v2/Services");
        _channels = stored.Of(Documents[0], "/v2/Services/{ServiceSid}/Channels");
        _messages = stored.Of(Documents[0], "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Messages");
        _numbers = new ConversationNumbers(
            book.World, "chat_index/", key => _channels.In(key.Account, key.Service).Contains(key.Sid) ? MessagesOf(key) : null);
    }

    public IEnumerable<(string OperationId, Overlay Overlay)> Overlays =>
    [
        ("CreateMessage", Create), ("UpdateMessage", Update), ("DeleteMessage", Delete), ("DeleteChannel", DeleteChannel),
    ];

    /// <summary>True for a service of Chat.</summary>
    public bool IsService(AccountSid account, string sid) => _services.In(account).Contains(sid);

    /// <summary>Takes up what an earlier process remembered.</summary>
    public void Resume() => _numbers.Resume();

    private Answer Create(RestRequest request, Behaviour stored)
    {
        if (ChannelOf(request, "ChannelSid") is not { } channel) return stored(request);
        var more = new JsonObject { ["to"] = channel.Sid, ["type"] = "text", ["was_edited"] = false };
        ConversationFile? file = null;
        if (request.Form["MediaSid"] is { Length: > 0 } sid)
        {
            file = _files.Find(channel.Account, channel.Service, sid);
            if (file is null) return new Answer.Refusal(ErrorCodes.Error(NoFile));
            if (file.Message is not null) return new Answer.Refusal(ErrorCodes.Error(SentBefore));
            (more["type"], more["media"]) = ("media", Shown(file));
        }
        more["index"] = _numbers.Next(channel);
        var answer = stored(request.With(more));
        if (file is not null && answer is Answer.Resource { Kept: Document said }) _files.Join(file, channel, said.Key, request.Cause);
        return answer;
    }

    private Answer Update(RestRequest request, Behaviour stored)
    {
        if (MessageOf(request) is not { } before) return stored(request);
        if (request.Form.Has("Body") && before["type"] == "media") return new Answer.Refusal(ErrorCodes.Error(BodyOfFile));
        return stored(request.With(new JsonObject { ["was_edited"] = true }));
    }

    private Answer Delete(RestRequest request, Behaviour stored)
    {
        var gone = MessageOf(request);
        if (gone is not null && ChannelOf(request, "ChannelSid") is { } channel
            && MessagesOf(channel).NewestFirst().First().Key == gone.Key)
        {
            _numbers.Remember(channel);
        }
        var answer = stored(request);
        if (gone is not null && answer is not Answer.Refusal) _book.RemoveFiles(request.Account, FilesOf(gone), request.Cause);
        return answer;
    }

    private Answer DeleteChannel(RestRequest request, Behaviour stored)
    {
        var files = ChannelOf(request, "Sid") is { } channel
            ? MessagesOf(channel).OldestFirst().SelectMany(FilesOf).ToList()
            : [];
        var answer = stored(request);
        if (answer is not Answer.Refusal) _book.RemoveFiles(request.Account, files, request.Cause);
        return answer;
    }

    private StoredList MessagesOf(ConversationKey channel) => _messages.In(channel.Account, channel.Service, channel.Sid);

    private ConversationKey? ChannelOf(RestRequest request, string name)
    {
        var service = request.PathValues["ServiceSid"];
        return _channels.In(request.Account, service).FindCalled(request.PathValues[name]) is { } channel
            ? new ConversationKey(request.Account, service, channel.Key)
            : null;
    }

    private Document? MessageOf(RestRequest request) => ChannelOf(request, "ChannelSid") is { } channel
        ? MessagesOf(channel).Find(request.PathValues["Sid"])
        : null;

    private static JsonObject Shown(ConversationFile file) => new()
    {
        ["sid"] = file.Key,
        ["size"] = file.Content.ByteCount,
        ["content_type"] = file.Content.ContentType,
        ["filename"] = file.Name,
    };

    private static IEnumerable<string> FilesOf(Document message) => ConversationFiles.SidsIn(message["media"]);
}
