namespace TwilioEmu.Rest.Catalog;

/// <summary>What an operation does to its collection.</summary>
public enum OperationKind
{
    /// <summary>Does something that leaves no resource of its own behind.</summary>
    Action,
    Create,
    Delete,
    Fetch,
    List,
    Update,
}

/// <summary>What a request body is.</summary>
public enum BodyKind
{
    None,
    Form,
    Json,
}

/// <summary>The envelope of a list (twilio.com/docs/usage/twilios-response).</summary>
public enum PageStyle
{
    None,

    /// <summary>2010-04-01: <c>first_page_uri</c>, <c>page_size</c>, ... beside the items.</summary>
    Classic,

    /// <summary>Product hosts: a <c>meta</c> member with absolute URLs.</summary>
    Meta,

    /// <summary>AvailablePhoneNumbers: the items and <c>uri</c>, one page.</summary>
    Single,

    /// <summary>The newest APIs: <c>meta.nextToken</c>.</summary>
    Token,
}
