namespace TwilioEmu.Rest.Errors;

/// <summary>The rows of <see cref="ErrorCodes"/> that Conversations answers with.</summary>
/// <remarks>twilio.com/docs/api/errors; few statuses are written down: 409 for what is there already, as measured, the others inferred.</remarks>
internal static class ConversationErrors
{
    public static IReadOnlyList<ErrorCode> Rows { get; } =
    [
        new(50000, 404, "Chat: Service instance not found"),
        new(50201, 409, "Chat: User already exists"),
        new(50211, 400, "A participant has an identity or messaging addresses, not both"),
        new(50303, 400, "Chat: Attributes too long"),
        new(50304, 400, "Chat: Attributes not valid JSON"),
        new(50361, 400, "Conversation-scoped webhook limit exceeded"),
        new(50362, 400, "Too many triggers for a conversation-scoped webhook"),
        new(50375, 400, "TimeToInactive should be greater or equal to 1 minute"),
        new(50376, 400, "TimeToClosed should be greater or equal to 10 minutes"),
        new(50377, 400, "Can't update conversation as it's in final closed state"),
        new(50379, 400, "TimeToInactive format is invalid"),
        new(50380, 400, "TimeToClosed format is invalid"),
        new(50384, 400, "Initial state can't be 'closed'"),
        new(50390, 400, "Unique name should not match conversation sid pattern"),
        new(50407, 400, "Invalid messaging binding address"),
        new(50408, 400, "Invalid participant proxy address"),
        new(50409, 400, "Messaging binding address and proxy address must not be the same"),
        new(50411, 400, "Messaging binding address must not be empty"),
        new(50412, 400, "Messaging binding proxy address must not be empty"),
        new(50413, 400, "Messaging binding proxy address does not belong to the account"),
        new(50414, 400, "Messaging binding address and proxy address must be of the same channel"),
        new(50416, 409, "Participant and proxy address pair is already in use"),
        new(50424, 400, "One of the JSON requests for participant creation is invalid."),
        new(50425, 409, "Participant and proxy address pairs for one or more participants already in use."),
        new(50426, 400, "Request contains too many participants."),
        new(50433, 409, "Participant already exists"),
        new(50437, 409, "Group Participant already exists"),
        new(50452, 400, "Group MMS is not enabled for this Account"),
        new(50503, 400, "Chat: Message body not provided"),
        new(50504, 400, "Message body is too long"),
        new(50509, 400, "Chat: Media message body cannot be updated"),
        new(50526, 400, "Invalid content SID"),
        new(50527, 400, "Invalid content variables"),
        new(50528, 400, "Content SID is missing"),
    ];
}
