using System.Text.Json.Nodes;
using TwilioEmu.Messaging;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Products.Conversations.Files;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Conversations;

/// <summary>Messages of conversations: numbered, by whom, and none in a closed conversation.</summary>
/// <remarks>Loop-confined. twilio.com/docs/conversations/api/conversation-message-resource.</remarks>
internal sealed class ConversationMessageOperations(
    ConversationBook book, ConversationTimers timers, ConversationNumbers numbers, ConversationTexts texts, ConversationNews news,
        MessagingProduct messaging)
{
    // twilio.com/docs/conversations/conversations-limits: what may leave for phones.
    private const int MaxBody = 1_600;

    // A message is one of these at least (error dictionary 50503).
    private static readonly string[] Parts = ["Body", "MediaSid", "ContentSid"];

    public IEnumerable<(string OperationId, Overlay Overlay)> Overlays =>
    [
        ("CreateServiceConversationMessage", Create),
        ("UpdateServiceConversationMessage", Update),
        ("DeleteServiceConversationMessage", Delete),
    ];

    private Answer Create(RestRequest request, Behaviour stored)
    {
        if (book.Find(request, "ConversationSid") is not ({ } key, { } conversation)) return stored(request);
        if (conversation["state"] == "closed") return new Answer.Refusal(ErrorCodes.Error(50377));
        if (ConversationRules.OfMessage(request.Form) is { } fault) return new Answer.Refusal(fault);
        if (request.Form["Body"] is { Length: > MaxBody }) return new Answer.Refusal(ErrorCodes.Error(50504));
        if (FaultOfContent(request, out var content) is { } unfit) return new Answer.Refusal(unfit);
        if (FaultOfFile(request, key, out var file) is { } unfitFile) return new Answer.Refusal(unfitFile);
        if (!Parts.Any(p => request.Form[p] is { Length: > 0 })) return new Answer.Refusal(ErrorCodes.Error(50503));
        var participant = book.FindAuthor(key, request.Form["Author"]);
        if (participant is null && book.IsGroup(key)) return new Answer.Refusal(ErrorCodes.Error(50513));
        var more = new JsonObject { ["index"] = numbers.Next(key) };
        if (participant is not null) more["participant_sid"] = participant.Key;
        if (file is not null) more["media"] = ConversationFiles.Shown([file]);
        var answer = stored(request.With(more));
        if (answer is not Answer.Resource { Kept: Document said }) return answer;
        timers.Touch(key, request.Cause);
        if (file is not null) texts.Files.Join(file, key, said.Key, request.Cause);
        texts.Carry(key, said, content, request.Cause, file: file);
        if (request.IsToldToWebhooks) texts.TellAdded(key, said, "API", request.Cause);
        return answer;
    }

    /// <summary>twilio.com/docs/api/errors/50510, 50508: the file, which must be there and unsent.</summary>
    private TwilioError? FaultOfFile(RestRequest request, ConversationKey key, out ConversationFile? file)
    {
        file = null;
        if (request.Form["MediaSid"] is not { Length: > 0 } sid) return null;
        file = texts.Files.Find(key.Account, key.Service, sid);
        if (file is null) return ErrorCodes.Error(50510);
        return file.Message is null ? null : ErrorCodes.Error(50508);
    }

    /// <summary>twilio.com/docs/api/errors/50526, 50527, 50528: the template, and what is filled in.</summary>
    private TwilioError? FaultOfContent(RestRequest request, out ContentOrder? content)
    {
        content = null;
        var (sid, variables) = (request.Form["ContentSid"], request.Form["ContentVariables"]);
        if (string.IsNullOrEmpty(sid)) return string.IsNullOrEmpty(variables) ? null : ErrorCodes.Error(50528);
        (content, var fault) = messaging.ReadContent(request.Account, sid, variables);
        return fault is null
            ? null
            : ErrorCodes.Error(
                fault.Code == 21655 ? 50526 : 50527, $"{ErrorCodes.Error(fault.Code == 21655 ? 50526 : 50527).Message}: {sid}");
    }

    private Answer Update(RestRequest request, Behaviour stored)
    {
        if (book.Find(request, "ConversationSid") is not ({ } key, _)
            || book.Messages(key).Find(request.PathValues["Sid"]) is not { } before) return stored(request);
        if (request.Form.Pairs.Count == 0) return new Answer.Refusal(ErrorCodes.Error(20161));
        if (ConversationRules.OfMessage(request.Form) is { } fault) return new Answer.Refusal(fault);
        if (request.Form["Body"] is { Length: > MaxBody }) return new Answer.Refusal(ErrorCodes.Error(50504));
        if (request.Form.Has("Body") && before["media"] is { Length: > 2 }) return new Answer.Refusal(ErrorCodes.Error(50509));
        var answer = stored(request);
        if (answer is Answer.Resource && book.Messages(key).Find(before.Key) is { } message)
        {
            news.TellMessage(request, key, message, "Updated");
        }
        return answer;
    }

    private Answer Delete(RestRequest request, Behaviour stored)
    {
        if (book.Find(request, "ConversationSid") is not ({ } key, _) || book.Messages(key).Find(request.PathValues["Sid"]) is not { } gone)
        {
            return stored(request);
        }
        if (book.Messages(key).NewestFirst().FirstOrDefault()?.Key == gone.Key) numbers.Remember(key);
        var answer = stored(request);
        if (answer is Answer.Refusal) return answer;
        book.RemoveFiles(key.Account, ConversationFiles.SidsIn(gone["media"]), request.Cause);
        news.TellMessage(request, key, gone, "Removed");
        return answer;
    }
}
