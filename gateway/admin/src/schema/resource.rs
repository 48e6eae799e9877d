//! The queries, payloads and mutations that every resource has, written once.

/// Writes the queries: one resource by name, and all of them as a connection.
macro_rules! queries {
    (
        $queries:ident of $object:ident;
        $(#[doc = $one_doc:tt])+ $one:ident;
        $(#[doc = $many_doc:tt])+ $many:ident;
    ) => {
        #[derive(Default)]
        pub(crate) struct $queries;

        #[async_graphql::Object]
        impl $queries {
            $(#[doc = $one_doc])+
            async fn $one(
                &self,
                context: &async_graphql::Context<'_>,
                #[graphql(desc = "Its name.")] name: String,
            ) -> Option<$object> {
                $crate::schema::item::Entry::find(&$crate::schema::Scope::of(context).view, &name)
            }

            $(#[doc = $many_doc])+
            #[graphql(complexity = "crate::schema::connection::cost(first, last) * child_complexity + 1")]
            async fn $many(
                &self,
                context: &async_graphql::Context<'_>,
                #[graphql(desc = "At most so many, from the beginning or after `after`: 20 if not given, 100 at most.")]
                first: Option<i32>,
                #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
                #[graphql(desc = "At most so many, from the end or before `before`.")] last: Option<i32>,
                #[graphql(desc = "Only what precedes this cursor.")] before: Option<String>,
            ) -> Result<Option<$crate::schema::connection::Connection<$object>>, $crate::error::Failure> {
                use $crate::schema::{Scope, connection::{Connection, Paging}};
                Connection::all(&Scope::of(context).view, Paging { first, after, last, before }).map(Some)
            }
        }
    };
}

/// Writes a payload: the resource under its own name, and what every payload has.
macro_rules! payload {
    ($(#[doc = $doc:tt])+ $payload:ident { $(#[doc = $field_doc:tt])+ $field:ident: $object:ident }) => {
        $(#[doc = $doc])+
        #[derive(async_graphql::SimpleObject)]
        pub(crate) struct $payload {
            $(#[doc = $field_doc])+
            $field: Option<$object>,
            #[graphql(flatten)]
            outcome: $crate::schema::change::Outcome,
        }

        impl From<(Option<$object>, $crate::schema::change::Outcome)> for $payload {
            fn from(($field, outcome): (Option<$object>, $crate::schema::change::Outcome)) -> Self {
                Self { $field, outcome }
            }
        }
    };
}

/// Writes the input and the payload of a delete mutation.
macro_rules! deletion {
    (
        $(#[doc = $input_doc:tt])+ $input:ident;
        $(#[doc = $payload_doc:tt])+ $payload:ident { $field:ident: $object:ident }
    ) => {
        $(#[doc = $input_doc])+
        #[derive(Debug, async_graphql::InputObject)]
        pub(crate) struct $input {
            /// The name of what is deleted.
            name: String,
            #[graphql(flatten)]
            options: $crate::schema::change::Options,
        }

        $(#[doc = $payload_doc])+
        #[derive(async_graphql::SimpleObject)]
        pub(crate) struct $payload {
            /// The global id of what was deleted; null if the change was refused.
            deleted_id: Option<async_graphql::ID>,
            /// What was deleted, as it was; null if the change was refused.
            $field: Option<$object>,
            #[graphql(flatten)]
            outcome: $crate::schema::change::Outcome,
        }

        impl From<(Option<$object>, $crate::schema::change::Outcome)> for $payload {
            fn from(($field, outcome): (Option<$object>, $crate::schema::change::Outcome)) -> Self {
                Self { deleted_id: $field.as_ref().map($crate::schema::item::Entry::node_id), $field, outcome }
            }
        }
    };
}

/// Writes the mutations: create, update and delete, their payloads and the input of delete.
macro_rules! mutations {
    (
        $mutations:ident of $field:ident: $object:ident;
        $(#[doc = $create_doc:tt])+ $create:ident($create_input:ident) -> $create_payload:ident;
        $(#[doc = $update_doc:tt])+ $update:ident($update_input:ident) -> $update_payload:ident;
        $(#[doc = $delete_doc:tt])+ $delete:ident($delete_input:ident) -> $delete_payload:ident;
    ) => {
        $crate::schema::resource::payload! {
            /// What became of the creation.
            $create_payload {
                /// What was created; null if the change was refused.
                $field: $object
            }
        }
        $crate::schema::resource::payload! {
            /// What became of the update.
            $update_payload {
                /// The resource as it is now; null if the change was refused.
                $field: $object
            }
        }
        $crate::schema::resource::deletion! {
            /// What to delete.
            $delete_input;
            /// What became of the deletion.
            $delete_payload { $field: $object }
        }

        #[derive(Default)]
        pub(crate) struct $mutations;

        #[async_graphql::Object]
        impl $mutations {
            $(#[doc = $create_doc])+
            async fn $create(
                &self,
                context: &async_graphql::Context<'_>,
                #[graphql(desc = "What to create.")] input: $create_input,
            ) -> Result<Option<$create_payload>, $crate::error::Failure> {
                let done = $crate::schema::change::create($crate::schema::Scope::of(context), &input).await?;
                Ok(Some(done.into()))
            }

            $(#[doc = $update_doc])+
            async fn $update(
                &self,
                context: &async_graphql::Context<'_>,
                #[graphql(desc = "What to change.")] input: $update_input,
            ) -> Result<Option<$update_payload>, $crate::error::Failure> {
                let done = $crate::schema::change::update($crate::schema::Scope::of(context), &input).await?;
                Ok(Some(done.into()))
            }

            $(#[doc = $delete_doc])+
            async fn $delete(
                &self,
                context: &async_graphql::Context<'_>,
                #[graphql(desc = "What to delete.")] input: $delete_input,
            ) -> Result<Option<$delete_payload>, $crate::error::Failure> {
                let scope = $crate::schema::Scope::of(context);
                let done = $crate::schema::change::delete(scope, &input.name, &input.options).await?;
                Ok(Some(done.into()))
            }
        }
    };
}

pub(crate) use {deletion, mutations, payload, queries};
